import Events
import Findings
import TestSupport
import Testing

@testable import Storage

/// Texts that blobs hold as numbers come back as they were, from new states and old ones.
@Suite struct FoldingTests {
  static let group = GroupID(plan: "p", window: LedgerTests.window, key: [1, 2])

  @Test func anOldStateIsReadWithNewEyesAndGoesOn() throws {
    try withDirectory { path in
      var sample = SampleRows(seed: 71)
      var rows = sample.rows(40)
      for place in rows.indices {
        rows[place].records = (0..<place % 4).map { _ in
          (0..<32).map { _ in UInt8.random(in: 0...255, using: &sample.random) }
        }
        // What begins with no text and holds none comes back too.
        if place % 4 == 3 { rows[place].records[0][0] = 0 }
      }
      let events = sample.riskEvents(of: rows)
      let state: [UInt8] = [1, 0, 9] + Array("an old state's bytes".utf8)
      try OldState.write(rows, events, group: (Self.group, state), to: path)
      let store = try Store.open(directory: path)
      #expect(try store.group(Self.group) == state)
      for row in rows {
        let card = RowCard(
          row: row, riskEvents: events.filter { $0.row == row.id }, records: [])
        #expect(try store.answer(.row(row.id)) == .row(card))
      }
      let model = NaiveLibrary(rows: rows, events: events)
      let query = Query(range: TimeRange(from: nil, to: SampleRows.asOf + 10_000))
      #expect(try store.answer(.overview(query)) == .overview(model.overview(query)))
      #expect(try store.answer(.repositories(query)) == .repositories(model.repositories(query)))
      #expect(try store.answer(.findings(query)) == .findings(model.findings(query)))
      #expect(try store.answer(.users(query)) == .users(model.users(query)))
      #expect(try store.answer(.images(query)) == .images(model.images(query)))
      #expect(try store.answer(.sources(query)) == .sources(model.sources(query)))
      // What is committed again is what it is, in the new form.
      var changes = Changes()
      changes.rows = rows
      changes.riskEvents = events
      changes.groups = [Self.group: state]
      try store.commit(changes)
      #expect(try store.group(Self.group) == state)
      #expect(try store.answer(.users(query)) == .users(model.users(query)))
      #expect(try store.facts().riskEvents == events.count)
    }
  }

  @Test func aRowsLongTextsAndKeysComeBack() throws {
    let store = try Store.temporary()
    var sample = SampleRows(seed: 72)
    let long = String(repeating: "a long text, ", count: 20)
    let wide = String(repeating: "\u{e9}\u{1F600}", count: 9)
    let values: [Value] = [.string(long), "short", .string(wide), .many([.string(long), "b"])]
    var keyed = BlobWriter()
    for value in values.prefix(3) { keyed.value(value) }
    let spelled = Array(keyed.bytes.dropFirst())
    var changes = Changes()
    for key in [spelled, spelled + [7], Array(spelled.dropLast()), [], [1], [1, 255, 255, 255]] {
      var row = sample.rows(1)[0]
      row.key = key
      row.columns = ["a", "b", "c", "d"]
      row.values = values
      row.sample = ["uri": .string(long), "other": .string(wide)]
      changes.rows.append(row)
    }
    // One whose sample has other fields, and as many.
    changes.rows[1].sample = ["uri": .string(long), "another": "x"]
    changes.riskEvents = sample.riskEvents(of: changes.rows)
    for index in changes.riskEvents.indices {
      let event = changes.riskEvents[index]
      changes.riskEvents[index].message = long
      changes.riskEvents[index].fields["risk_message"] = .string(index == 0 ? "other" : long)
      changes.riskEvents[index].fields["_time"] = .number(.whole(event.time.seconds))
      changes.riskEvents[index].fields["search_name"] = .string(long)
      changes.riskEvents[index].fields["annotations.x"] = index == 1 ? "a" : "b"
      changes.riskEvents[index].fields["risk_object"] = .string(event.object)
    }
    try store.commit(changes)
    for row in changes.rows {
      let events = changes.riskEvents.filter { $0.row == row.id }
      let card = RowCard(row: row, riskEvents: events, records: [])
      #expect(try store.answer(.row(row.id)) == .row(card))
    }
  }

  @Test func anyBytesOfAGroupComeBack() throws {
    let store = try Store.temporary()
    var random = SplitMix64(seed: 73)
    let long = Array(String(repeating: "arn:aws:iam::1", count: 12).utf8)
    for round in 0..<200 {
      var state: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: state += [1, UInt8(long.count & 0x7f | 0x80), UInt8(long.count >> 7)] + long
        case 1: state += [1, 30] + long.prefix(30)
        // Lengths that are spelled in too many bytes, or too long.
        case 2: state += [1, 0x80 | 30, 0] + long.prefix(30)
        case 3: state += [1, 90, 65, 66]
        default: state += (0..<9).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
      }
      // The first byte is a version of the engine's, which are small.
      var changes = Changes()
      changes.groups = [Self.group: [1] + state]
      try store.commit(changes)
      #expect(try store.group(Self.group) == [1] + state, "round \(round)")
      let all = try store.groups(of: "p", in: Self.group.window)
      #expect(all[Self.group] == [1] + state)
    }
  }
}

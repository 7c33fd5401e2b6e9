import Events
import Findings
import TestSupport
import Testing

@testable import Storage

/// Files, dead letters, what digests say, and links between records, as they are listed.
@Suite struct FileListTests {
  private static let range = TimeRange(from: nil, to: Timestamp(seconds: 0))

  private func file(_ path: String, _ state: String, _ offset: Int64, _ size: Int64) -> SourceFile {
    var file = SourceFile(
      path: path, state: state, offset: offset, size: size, records: offset / 10, reason: nil,
      checkpoint: [1])
    file.format = "lines"
    return file
  }

  private func integrity(_ path: String, _ state: String, kind: String = "log") -> FileIntegrity {
    var file = FileIntegrity(path: path, kind: kind, state: state)
    file.reason = state == "verified" ? nil : "because"
    return file
  }

  private func filled() throws -> Store {
    let store = try Store.temporary()
    var changes = Changes()
    changes.files = [
      file("/b", "following", 50, 80), file("/a", "complete", 80, 80),
      file("/c", "unreadable", 0, 9), file("/d", "gone", 10, 10), file("/e", "complete", 9, 9),
    ]
    changes.integrity = [
      integrity("/a", "MISMATCH"), integrity("/e", "verified"), integrity("s3://x/y", "missing"),
      integrity("/digest", "pending", kind: "digest"),
    ]
    changes.deadLetters = (1...3).map {
      DeadLetter(path: "/b", offset: $0, reason: "line \($0) is not JSON", head: [0x7B])
    }
    changes.changedAt = Timestamp(seconds: 1000)
    try store.commit(changes)
    return store
  }

  private func lines(
    _ store: Store, _ filter: Filter = .everything, sort: Sort? = nil, offset: Int = 0,
    limit: Int = 100
  ) throws -> Page<FileLine> {
    let query = Query(
      filter: filter, range: Self.range, sort: sort, offset: offset, limit: limit)
    guard case .fileLines(let page) = try store.answer(.fileLines(query)) else {
      return Page(offset: 0, total: 0, lines: [])
    }
    return page
  }

  @Test func whatIsWrongStandsFirst() throws {
    let page = try lines(filled())
    #expect(page.lines.map(\.path) == ["/a", "s3://x/y", "/c", "/b", "/e", "/d", "/digest"])
    #expect(page.total == 7)
    #expect(page.lines[0].integrity == "MISMATCH" && page.lines[0].reason == "because")
    #expect(page.lines[3].deadLetters == 3 && page.lines[3].behind == 30)
    #expect(page.lines[6].format == "digest" && page.lines[6].state == nil)
  }

  @Test func filtersKnowTheFieldsOfFilesAndNotIsTheRest() throws {
    let store = try filled()
    let all = try lines(store).total
    let cases: [(Filter, [String])] = [
      (.matches(.state, pattern: "GONE"), ["/d"]),
      (.matches(.integrity, pattern: "*"), ["/a", "s3://x/y", "/e", "/digest"]),
      (.compares(.size, .greater, number: 10), ["/a", "/b"]),
      (.compares(.behind, .greater, number: 0), ["/c", "/b"]),
      (.compares(.letters, .greaterOrEqual, number: 3), ["/b"]),
      (.contains("miss"), ["s3://x/y"]), (.contains("%"), []),
      (.matches(.repository, pattern: "*"), []), (.matches(.path, pattern: "/?"), []),
    ]
    for (filter, paths) in cases {
      #expect(try lines(store, filter).lines.map(\.path) == paths, "\(filter)")
      #expect(try lines(store, .not(filter)).total == all - paths.count, "not \(filter)")
    }
  }

  @Test func sortedPagesTileTheList() throws {
    let store = try filled()
    for column in [SortColumn.name, .state, .size, .count, .behind, .integrity, .letters, .last] {
      for descending in [true, false] {
        let sort = Sort(column, descending: descending)
        let whole = try lines(store, sort: sort).lines.map(\.path)
        let parts = try (0..<7).flatMap {
          try lines(store, sort: sort, offset: $0, limit: 1).lines.map(\.path)
        }
        #expect(parts == whole && Set(whole).count == 7, "\(column)")
      }
    }
    #expect(try lines(store, offset: 50).total == 7)
  }

  @Test func aCardHasAllThatIsKnown() throws {
    let store = try filled()
    guard case .fileCard(let card?) = try store.answer(.fileCard("/b")) else {
      Issue.record("there should be a card")
      return
    }
    #expect(card.letters.map(\.letter.offset) == [3, 2, 1])
    #expect(card.file?.checkpoint == [1])
    #expect(try store.answer(.deadLetter(card.letters[0].number)) == .deadLetter(card.letters[0]))
    #expect(try store.answer(.fileCard("/x")) == .fileCard(nil))
    guard case .files(let summary) = try store.answer(.files) else { return }
    #expect(summary.states == ["following": 1, "complete": 2, "unreadable": 1, "gone": 1])
    #expect(summary.integrity["MISMATCH"] == 1 && summary.deadLetters == 3)
    #expect(summary.behind == 39)
  }

  @Test func recordsASecondAreCountedOverTimeAndTimesWiden() throws {
    let store = try Store.temporary()
    var line = file("/a", "following", 0, 0)
    for (second, records, time) in [(0, 0, 50), (5, 100, 40), (12, 240, 60), (20, 240, nil)]
      as [(Int64, Int64, Int64?)]
    {
      line.records = records
      line.offset = records
      line.firstRecord = time.map { Timestamp(seconds: $0) }
      line.lastRecord = line.firstRecord
      var changes = Changes()
      changes.files = [line]
      changes.changedAt = Timestamp(seconds: 1000 + second)
      try store.commit(changes)
      if second == 12 { #expect(try lines(store).lines.map(\.rate) == [20]) }
    }
    let shown = try #require(try lines(store).lines.first)
    #expect(shown.readAt == Timestamp(seconds: 1012))
    let known = try #require(try store.files().first)
    #expect(known.firstRecord == Timestamp(seconds: 40))
    #expect(known.lastRecord == Timestamp(seconds: 60))
  }

  @Test func whatIsKnownOfAFileIsReplacedOrForgotten() throws {
    let store = try filled()
    var changes = Changes()
    var changed = integrity("/a", "verified")
    changed.hash = [1, 2]
    changed.stamp = [3]
    changed.object = "s3://x/a"
    changed.turn = 2
    changed.raised = Timestamp(seconds: 5)
    changes.integrity = [changed]
    changes.integrityForgotten = ["s3://x/y"]
    try store.commit(changes)
    let known = try store.integrity()
    #expect(known.map(\.path) == ["/a", "/digest", "/e"])
    #expect(known.first == changed)
    let query = Query(range: Self.range)
    guard case .overview(let overview) = try store.answer(.overview(query)) else { return }
    #expect(overview.changedFiles == 0 && overview.missingFiles == 0)
  }

  @Test func filesThatAreLongGoneAreForgotten() throws {
    let store = try filled()
    while try store.retire(before: Timestamp(seconds: 1000)) {}
    #expect(try store.files().count == 5)
    while try store.retire(before: Timestamp(seconds: 1001)) {}
    #expect(try store.files().map(\.path) == ["/a", "/b", "/c", "/e"])
  }

  @Test func recordsThatSpeakOfEachOtherAreLinkedBothWays() throws {
    let store = try Store.temporary()
    func record(_ hash: UInt8, _ event: String?) -> StoredRecord {
      var record = StoredRecord(
        contentHash: [hash], time: Timestamp(seconds: Int64(hash)), source: "a",
        sourcetype: "aws:cloudtrail", raw: [0x7B, 0x7D])
      record.eventID = event
      return record
    }
    var addendum = record(2, "e-2")
    addendum.amends = "e-1"
    var lost = record(3, "e-3")
    lost.amends = "e-9"
    var (one, other) = (record(4, "e-4"), record(5, "e-5"))
    one.sharedID = "s"
    other.sharedID = "s"
    var changes = Changes()
    changes.records = [record(1, "e-1"), addendum, lost, one, other, record(6, "e-5")]
    changes.records.append(record(7, nil))
    try store.commit(changes)
    func links(_ hash: UInt8) throws -> [RecordLink] {
      guard case .record(let card?) = try store.answer(.record([hash])) else { return [] }
      return card.links
    }
    func link(_ kind: RecordLink.Kind, _ from: UInt8, _ to: UInt8?, _ name: String) -> RecordLink {
      RecordLink(
        kind: kind, from: [from], to: to.map { [$0] }, name: name,
        time: to.map { Timestamp(seconds: Int64($0)) })
    }
    #expect(try links(1) == [link(.amendedBy, 1, 2, "e-2")])
    #expect(try links(2) == [link(.amends, 2, 1, "e-1")])
    #expect(try links(3) == [link(.amends, 3, nil, "e-9")])
    #expect(try links(4) == [link(.shares, 4, 5, "e-5")])
    #expect(try links(5) == [link(.shares, 5, 4, "e-4"), link(.contests, 5, 6, "e-5")])
    #expect(try links(7) == [])
    #expect(try store.answer(.record([9])) == .record(nil))
  }
}

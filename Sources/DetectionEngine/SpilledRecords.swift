import Events
import Findings
import Streaming

/// Which records came since the groups of a rule no longer fit into memory: put away, so that
/// copies, and eventIDs that several records bear, are told at the end.
struct SpilledRecords: Sendable {
  /// What the records come to.
  struct Account {
    /// EventIDs that records with different contents bear.
    var contested: Set<EventPrint> = []
    var dropped: [Text: Int] = [:]
    var duplicates = 0
    var truncated = 0
  }

  private let scratch: any Scratch
  private var shelves: Shelves

  init(_ scratch: any Scratch) {
    self.scratch = scratch
    shelves = Shelves(scratch)
  }

  /// Adds an eventID that came before; copies of its record are told elsewhere.
  mutating func add(earlier event: EventPrint) throws(ScratchProblem) {
    let shelf = Shelves.shelf(of: event.word)
    shelves.write(to: shelf) { $0.write(Self.earlier, event) }
    try shelves.relieve(shelf)
  }

  /// Adds a record, and what it gave besides contributions.
  mutating func add(
    _ record: RecordPrint, event: EventPrint?, dropped: [Text], truncated: Int
  ) throws(ScratchProblem) {
    // Those that share an eventID meet on one shelf.
    let shelf = Shelves.shelf(of: event?.word ?? record.low)
    shelves.write(to: shelf) { writer in
      writer.write(record, event)
      writer.write(count: truncated)
      writer.write(count: dropped.count)
      for field in dropped { writer.write(field) }
    }
    try shelves.relieve(shelf)
  }

  /// No record's print, but with a chance of one in 2^128.
  private static let earlier = RecordPrint(high: 0, low: 0)

  /// Reads all back.
  mutating func settle() throws(ScratchProblem) -> Account {
    var account = Account()
    for blocks in try shelves.close() {
      var seen: Set<RecordPrint> = []
      var bearers: [EventPrint: RecordPrint] = [:]
      try scratch.readBack(blocks) { try Self.read(&$0, into: &account, &seen, &bearers) }
    }
    return account
  }

  private static func read(
    _ reader: inout BlockReader, into account: inout Account, _ seen: inout Set<RecordPrint>,
    _ bearers: inout [EventPrint: RecordPrint]
  ) throws(StreamingProblem) {
    let (record, event) = try reader.record()
    if let event {
      if let known = bearers[event], known != record { account.contested.insert(event) }
      bearers[event] = record
    }
    if record == earlier { return }
    let truncated = try reader.count()
    var dropped: [Text] = []
    for _ in 0..<(try reader.count()) { dropped.append(try reader.text()) }
    guard seen.insert(record).inserted else {
      account.duplicates += 1
      return
    }
    account.truncated += truncated
    for field in dropped { account.dropped[field, default: 0] += 1 }
  }
}

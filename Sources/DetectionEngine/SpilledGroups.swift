import Events
import Findings
import Streaming

/// What records give to groups that do not fit into memory: contributions one by one, on shelves by
/// their keys, so that the groups of one shelf can be made at a time.
///
/// A copy of a record gives the same to the same shelves: it is known there when they are read.
struct SpilledGroups: Sendable {
  private enum Kind: UInt8 {
    /// The first contribution of a record to a shelf, and another of the same.
    case first, another
    /// Of a run that does not tell copies.
    case nameless
    /// What a group had come to before.
    case state
  }

  private let level: Int
  private var shelves: Shelves
  /// Which record was the last to give something to each shelf.
  private var last = [Int](repeating: 0, count: Shelves.count)
  private var number = 0

  init(_ scratch: any Scratch, level: Int) {
    self.level = level
    shelves = Shelves(scratch)
  }

  private func shelf(of key: GroupKey) -> Int {
    Shelves.shelf(of: UInt64(bitPattern: Int64(key.hashValue)), level: level)
  }

  mutating func add(
    _ contributions: [Contribution], of record: RecordPrint?, event: EventPrint?
  ) throws(ScratchProblem) {
    number += 1
    var touched: [Int] = []
    for one in contributions {
      let shelf = shelf(of: one.key)
      let isFirst = last[shelf] != number
      if isFirst { touched.append(shelf) }
      last[shelf] = number
      shelves.write(to: shelf) { writer in
        if let record {
          writer.write((isFirst ? Kind.first : .another).rawValue)
          if isFirst { writer.write(record, event) }
        } else {
          writer.write(Kind.nameless.rawValue)
        }
        writer.write(one)
      }
    }
    for shelf in touched { try shelves.relieve(shelf) }
  }

  /// Adds a group that was in memory, and the eventIDs that counted in it.
  mutating func add(
    _ state: GroupState, of key: GroupKey, isContested: Bool, events: [EventPrint]
  ) throws(ScratchProblem) {
    let shelf = shelf(of: key)
    shelves.write(to: shelf) { writer in
      writer.write(Kind.state.rawValue)
      writer.write(key)
      writer.write(state)
      writer.write(isContested ? 1 : UInt8(0))
      writer.write(count: events.count)
      for event in events { writer.write(word: event.word) }
    }
    try shelves.relieve(shelf)
  }

  /// The blocks of each shelf, to be read by `Entries`.
  mutating func close() throws(ScratchProblem) -> [[Int64]] { try shelves.close() }

  /// What is on a shelf, entry by entry.
  enum Entry {
    case contribution(Contribution, of: RecordPrint?, event: EventPrint?, isFirst: Bool)
    case state(GroupState, of: GroupKey, isContested: Bool, events: [EventPrint])
  }

  /// Reads the entries of a shelf, whose first may be told of by those after it.
  struct Entries {
    private var record: RecordPrint?
    private var event: EventPrint?

    mutating func next(_ reader: inout BlockReader) throws(StreamingProblem) -> Entry {
      let byte = try reader.byte()
      guard let kind = Kind(rawValue: byte) else { throw .damaged }
      switch kind {
      case .first: (record, event) = try reader.record()
      case .another: break
      case .nameless: (record, event) = (nil, nil)
      case .state:
        let key = try reader.key()
        let state = try reader.state()
        let isContested = try reader.byte() == 1
        var events: [EventPrint] = []
        for _ in 0..<(try reader.count()) {
          if let event = EventPrint(word: try reader.word()) { events.append(event) }
        }
        return .state(state, of: key, isContested: isContested, events: events)
      }
      return .contribution(
        try reader.contribution(), of: record, event: event, isFirst: kind != .another)
    }
  }
}

extension BlockWriter {
  mutating func write(_ record: RecordPrint, _ event: EventPrint?) {
    write(word: record.high)
    write(word: record.low)
    write(word: event?.word ?? 0)
  }
}

extension BlockReader {
  mutating func record() throws(StreamingProblem) -> (RecordPrint, EventPrint?) {
    let high = try word()
    let low = try word()
    return (RecordPrint(high: high, low: low), EventPrint(word: try word()))
  }
}

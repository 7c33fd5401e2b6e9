package import Events

/// What the events of one result row have come to, in whatever order and parts they came.
package struct GroupState: Equatable, Sendable {
  /// The version of the bytes that `encode` writes.
  package static let formatVersion: UInt8 = 1

  /// Events that contributed.
  package private(set) var count: Int64 = 0
  /// Times of the oldest and the newest contributing event; nil where none has a time.
  package private(set) var firstTime: Timestamp?
  package private(set) var lastTime: Timestamp?
  /// The other fields of the newest contributing event; of events of one second, those whose
  /// bytes are greatest.
  package private(set) var sample: [Text: Value] = [:]
  package private(set) var marks: Set<Text> = []
  var aggregates: [AggregateState]

  init(aggregates: [AggregateState]) { self.aggregates = aggregates }

  /// Takes what one event gives to the row.
  package mutating func add(_ contribution: Contribution) {
    precondition(contribution.inputs.count == aggregates.count, "a contribution of the same plan")
    takeSample(contribution.sample, of: contribution.time, isFirst: count == 0)
    takeTimes(contribution.time, contribution.time)
    count += 1
    for mark in contribution.marks { marks.insert(mark) }
    for index in aggregates.indices { aggregates[index].add(contribution.inputs[index]) }
  }

  /// Takes the state of another part of the same row.
  package mutating func merge(_ other: GroupState) throws(StreamingProblem) {
    guard aggregates.count == other.aggregates.count else { throw .otherPlan }
    for index in aggregates.indices { try aggregates[index].merge(other.aggregates[index]) }
    takeSample(other.sample, of: other.lastTime, isFirst: count == 0)
    takeTimes(other.firstTime, other.lastTime)
    count += other.count
    marks.formUnion(other.marks)
  }

  private mutating func takeTimes(_ first: Timestamp?, _ last: Timestamp?) {
    if let first { firstTime = firstTime.map { min($0, first) } ?? first }
    if let last { lastTime = lastTime.map { max($0, last) } ?? last }
  }

  private mutating func takeSample(
    _ other: [Text: Value], of time: Timestamp?, isFirst: Bool
  ) {
    let mine = lastTime?.seconds ?? .min
    let others = time?.seconds ?? .min
    guard isFirst || others >= mine else { return }
    if isFirst || others > mine || sample.bytes.lexicographicallyPrecedes(other.bytes) {
      sample = other
    }
  }
}

extension GroupState {
  /// The state as bytes: the same bytes for the same state.
  package func encode() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(GroupState.formatVersion)
    writer.write(count)
    writer.write(firstTime.map { .number(.whole($0.seconds)) } ?? .null)
    writer.write(lastTime.map { .number(.whole($0.seconds)) } ?? .null)
    writer.write(sample)
    writer.write(marks)
    writer.write(count: aggregates.count)
    for aggregate in aggregates { writer.write(aggregate) }
    return writer.bytes
  }

  /// Reads what `encode` wrote.
  package init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    var reader = ByteReader(bytes)
    let version = try reader.byte()
    guard version == GroupState.formatVersion else { throw .unknownVersion(version) }
    count = try reader.number()
    firstTime = try reader.time()
    lastTime = try reader.time()
    sample = try reader.fields()
    marks = try reader.texts()
    aggregates = []
    for _ in 0..<(try reader.count()) { aggregates.append(try reader.aggregate()) }
    guard reader.isAtEnd, count >= 0 else { throw .damaged }
  }
}

extension [Text: Value] {
  fileprivate var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.write(self)
    return writer.bytes
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ fields: [Text: Value]) {
    write(count: fields.count)
    for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
      write(field)
      write(value)
    }
  }

  fileprivate mutating func write(_ texts: Set<Text>) {
    write(count: texts.count)
    for text in texts.sorted() { write(text) }
  }

  fileprivate mutating func write(_ aggregate: AggregateState) {
    switch aggregate {
    case .count(let count):
      write(AggregateTag.count.rawValue)
      write(count)
    case .least(let extreme):
      write(AggregateTag.least.rawValue)
      extreme.write(to: &self)
    case .greatest(let extreme):
      write(AggregateTag.greatest.rawValue)
      extreme.write(to: &self)
    case .values(let texts):
      write(AggregateTag.values.rawValue)
      write(texts)
    case .distinctCount(let texts):
      write(AggregateTag.distinctCount.rawValue)
      write(texts)
    case .kept(let value):
      write(AggregateTag.kept.rawValue)
      write(value)
    }
  }
}

extension ByteReader {
  fileprivate mutating func time() throws(StreamingProblem) -> Timestamp? {
    switch try value() {
    case .null: return nil
    case .number(.whole(let seconds)): return Timestamp(seconds: seconds)
    default: throw .damaged
    }
  }

  fileprivate mutating func fields() throws(StreamingProblem) -> [Text: Value] {
    var fields: [Text: Value] = [:]
    for _ in 0..<(try count()) {
      let field = try text()
      fields[field] = try value()
    }
    return fields
  }

  fileprivate mutating func texts() throws(StreamingProblem) -> Set<Text> {
    var texts: Set<Text> = []
    for _ in 0..<(try count()) { texts.insert(try text()) }
    return texts
  }

  fileprivate mutating func aggregate() throws(StreamingProblem) -> AggregateState {
    switch AggregateTag(rawValue: try byte()) {
    case .count: return .count(try number())
    case .least: return .least(try Extreme(from: &self))
    case .greatest: return .greatest(try Extreme(from: &self))
    case .values: return .values(try texts())
    case .distinctCount: return .distinctCount(try texts())
    case .kept: return .kept(try value())
    case nil: throw .damaged
    }
  }
}

private enum AggregateTag: UInt8 {
  case count, least, greatest, values, distinctCount, kept
}

import Events
import SPL

extension GroupState {
  /// The version of the bytes that `encode` writes.
  package static let formatVersion: UInt8 = 2

  /// The state as bytes: the same bytes for the same state.
  package func encode() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(GroupState.formatVersion)
    writer.write(count)
    writer.write(firstTime.map { .number(.whole($0.seconds)) } ?? .null)
    writer.write(lastTime.map { .number(.whole($0.seconds)) } ?? .null)
    writer.write(sample)
    writer.write(count: eventMarks.count)
    for mark in eventMarks.sorted() { writer.write(mark) }
    writer.write(count: aggregates.count)
    for (index, aggregate) in aggregates.enumerated() {
      guard index < functions.count else {
        writer.write(FunctionCode.held)
        writer.write(held)
        continue
      }
      writer.write(functions[index])
      aggregate.write(to: &writer)
    }
    return writer.bytes
  }

  /// Reads what `encode` wrote.
  package init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    var reader = ByteReader(bytes)
    let version = try reader.byte()
    guard version == GroupState.formatVersion else { throw .unknownVersion(version) }
    let count = try reader.number()
    let firstTime = try reader.time()
    let lastTime = try reader.time()
    let sample = try reader.fields()
    var marks: Set<Text> = []
    for _ in 0..<(try reader.count()) { marks.insert(try reader.text()) }
    var functions: [AggregateFunction] = []
    var aggregates: [AggregateState] = []
    for _ in 0..<(try reader.count()) {
      if let function = try reader.function() {
        functions.append(function)
        aggregates.append(try AggregateState(function, from: &reader))
      } else {
        aggregates.append(.held(try reader.fields()))
      }
    }
    guard reader.isAtEnd, count >= 0, functions.isEmpty || functions.count == aggregates.count
    else { throw .damaged }
    self.init(functions, aggregates: aggregates)
    self.count = count
    self.firstTime = firstTime
    self.lastTime = lastTime
    self.sample = sample
    eventMarks = marks
  }
}

extension AggregateState {
  fileprivate func write(to writer: inout ByteWriter) {
    switch self {
    case .count(let count): writer.write(count)
    case .least(let extreme), .greatest(let extreme): extreme.write(to: &writer)
    case .set(let tally), .tally(let tally): tally.write(to: &writer)
    case .moments(let moments): moments.write(to: &writer)
    case .span(let least, let greatest):
      writer.write(least.map(Value.number) ?? .null)
      writer.write(greatest.map(Value.number) ?? .null)
    case .one(let placed):
      writer.write(placed == nil ? 0 : UInt8(1))
      placed?.write(to: &writer)
    case .list(let list): list.write(to: &writer)
    case .held: preconditionFailure("what is held has no function")
    }
  }

  /// Reads the state of a function; what is there must be of its kind.
  fileprivate init(
    _ function: AggregateFunction, from reader: inout ByteReader
  ) throws(StreamingProblem) {
    switch AggregateState(function) {
    case .count: self = .count(try reader.number())
    case .least: self = .least(try Extreme(from: &reader))
    case .greatest: self = .greatest(try Extreme(from: &reader))
    case .set: self = .set(try Tally(from: &reader))
    case .tally: self = .tally(try Tally(from: &reader))
    case .moments: self = .moments(try Moments(from: &reader))
    case .span: self = .span(try reader.value().number, try reader.value().number)
    case .one: self = .one(try reader.byte() == 1 ? try Placed(from: &reader) : nil)
    case .list: self = .list(try PlacedList(from: &reader))
    case .held: throw .damaged
    }
  }
}

/// How functions are written; the numbers stay what they are.
private enum FunctionCode {
  static let held: UInt8 = 0
  static let percentile: UInt8 = 1
  /// From 2 on, in this order; new ones come last.
  static let plain: [AggregateFunction] = [
    .count, .distinctCount, .values, .list, .min, .max, .sum, .average, .sumOfSquares, .deviation,
    .variance, .populationDeviation, .populationVariance, .range, .mode, .median, .first, .last,
    .earliest, .latest,
  ]
}

extension ByteWriter {
  fileprivate mutating func write(_ function: AggregateFunction) {
    if case .percentile(let percent) = function {
      write(FunctionCode.percentile)
      write(.number(Number(percent)))
    } else if let index = FunctionCode.plain.firstIndex(of: function) {
      write(UInt8(2 + index))
    }
  }

  mutating func write(_ fields: [Text: Value]) {
    write(count: fields.count)
    for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
      write(field)
      write(value)
    }
  }
}

extension ByteReader {
  /// Nil for what is held.
  fileprivate mutating func function() throws(StreamingProblem) -> AggregateFunction? {
    let code = try byte()
    switch code {
    case FunctionCode.held: return nil
    case FunctionCode.percentile:
      guard let percent = try value().number?.double, (0...100).contains(percent) else {
        throw .damaged
      }
      return .percentile(percent)
    default:
      guard Int(code) - 2 < FunctionCode.plain.count else { throw .damaged }
      return FunctionCode.plain[Int(code) - 2]
    }
  }

  mutating func time() throws(StreamingProblem) -> Timestamp? {
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
}

extension [Text: Value] {
  /// The fields as bytes, by name.
  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.write(self)
    return writer.bytes
  }
}

import Events
import SPL

/// What one aggregate of a group has come to; the order of its inputs never shows.
enum AggregateState: Equatable, Sendable {
  case count(Int64)
  case least(Extreme)
  case greatest(Extreme)
  case values(Set<Text>)
  case distinctCount(Set<Text>)
  /// The column of a search without `stats`.
  case kept(Value)

  /// The state before the first event.
  init(_ function: AggregateFunction) {
    switch function {
    case .count: self = .count(0)
    case .min: self = .least(Extreme())
    case .max: self = .greatest(Extreme())
    case .values: self = .values([])
    case .distinctCount: self = .distinctCount([])
    }
  }

  /// Takes the value or values that one event has; null is none.
  mutating func add(_ input: Value) {
    switch self {
    case .count(let count):
      var more: Int64 = 0
      input.forEach { _ in more += 1 }
      self = .count(count + more)
    case .least(var extreme):
      input.forEach { extreme.add($0, keeps: .least) }
      self = .least(extreme)
    case .greatest(var extreme):
      input.forEach { extreme.add($0, keeps: .greatest) }
      self = .greatest(extreme)
    case .values(var texts):
      self = .count(0)  // gives the set up, so that it is not copied
      input.forEach { value in value.text.map { _ = texts.insert($0) } }
      self = .values(texts)
    case .distinctCount(var texts):
      self = .count(0)
      input.forEach { value in value.text.map { _ = texts.insert($0) } }
      self = .distinctCount(texts)
    case .kept(let value): self = .kept(newer(value, input))
    }
  }

  /// Takes what another part of the same group has come to.
  mutating func merge(_ other: AggregateState) throws(StreamingProblem) {
    switch (self, other) {
    case (.count(let one), .count(let two)): self = .count(one + two)
    case (.least(var one), .least(let two)):
      one.merge(two, keeps: .least)
      self = .least(one)
    case (.greatest(var one), .greatest(let two)):
      one.merge(two, keeps: .greatest)
      self = .greatest(one)
    case (.values(let one), .values(let two)): self = .values(one.union(two))
    case (.distinctCount(let one), .distinctCount(let two)):
      self = .distinctCount(one.union(two))
    case (.kept(let one), .kept(let two)): self = .kept(newer(one, two))
    default: throw .otherPlan
    }
  }

  /// The value that the result row shows.
  var result: Value {
    switch self {
    case .count(let count): .number(.whole(count))
    case .least(let extreme), .greatest(let extreme): extreme.result
    case .values(let texts): Value(texts.sorted().map(Value.text))
    case .distinctCount(let texts): .number(.whole(Int64(texts.count)))
    case .kept(let value): value
    }
  }
}

extension Value {
  /// Each of the values, none for null, without an array of them.
  fileprivate func forEach(_ body: (Value) -> Void) {
    switch self {
    case .null: return
    case .many(let values): values.forEach(body)
    default: body(self)
    }
  }
}

/// One of two values of a cell that only one event fills: null gives way, else bytes decide.
private func newer(_ one: Value, _ two: Value) -> Value {
  guard one != two else { return one }
  var first = ByteWriter()
  first.write(one)
  var second = ByteWriter()
  second.write(two)
  return first.bytes.lexicographicallyPrecedes(second.bytes) ? two : one
}

/// The least or greatest of values: as numbers while all of them are numbers, else as texts.
struct Extreme: Equatable, Sendable {
  enum Side { case least, greatest }

  /// Nil before the first value, and from the first that is no number.
  private var number: Number?
  /// Nil before the first value.
  private var text: Text?

  var result: Value { number.map(Value.number) ?? text.map(Value.text) ?? .null }

  mutating func add(_ value: Value, keeps side: Side) {
    merge(Extreme(number: value.number, text: value.text), keeps: side)
  }

  mutating func merge(_ other: Extreme, keeps side: Side) {
    guard let otherText = other.text else { return }
    guard let text else {
      self = other
      return
    }
    if let one = number, let two = other.number {
      number = side == .least ? Swift.min(one, two) : Swift.max(one, two)
    } else {
      number = nil
    }
    self.text = side == .least ? Swift.min(text, otherText) : Swift.max(text, otherText)
  }
}

extension Extreme {
  func write(to writer: inout ByteWriter) {
    writer.write(number.map(Value.number) ?? .null)
    writer.write(text.map(Value.text) ?? .null)
  }

  init(from reader: inout ByteReader) throws(StreamingProblem) {
    let number = try reader.value()
    let text = try reader.value()
    self.init(number: number.number, text: text.text)
  }
}

import Events

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

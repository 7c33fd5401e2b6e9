import Events

/// Writes values and counts as bytes: varints, lengths before texts.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ byte: UInt8) { bytes.append(byte) }

  mutating func write(count: Int) { write(varint: UInt64(count)) }

  /// Signed whole numbers, small ones short.
  mutating func write(_ number: Int64) {
    write(varint: UInt64(bitPattern: (number << 1) ^ (number >> 63)))
  }

  mutating func write(_ text: Text) {
    write(count: text.string.utf8.count)
    bytes.append(contentsOf: text.string.utf8)
  }

  mutating func write(_ value: Value) {
    switch value {
    case .null: write(ValueTag.null.rawValue)
    case .text(let text):
      write(ValueTag.text.rawValue)
      write(text)
    case .number(let number): write(number)
    case .many(let values):
      write(ValueTag.many.rawValue)
      write(count: values.count)
      for value in values { write(value) }
    }
  }

  mutating func write(_ number: Number) {
    switch number {
    case .whole(let whole):
      write(ValueTag.whole.rawValue)
      write(whole)
    case .real(let real):
      write(ValueTag.real.rawValue)
      write(varint: real.bitPattern)
    }
  }

  mutating func write(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  /// All eight bytes of a word, the lowest first.
  mutating func write(word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func write(varint: UInt64) {
    var rest = varint
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Reads what `ByteWriter` wrote; damage is an error, never a trap.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func byte() throws(StreamingProblem) -> UInt8 {
    guard position < bytes.count else { throw .damaged }
    defer { position += 1 }
    return bytes[position]
  }

  /// A count of things of a byte or more each, so never more than there are bytes left.
  mutating func count() throws(StreamingProblem) -> Int {
    let count = try varint()
    guard count <= UInt64(bytes.count - position) else { throw .damaged }
    return Int(count)
  }

  /// A number that counts nothing which follows.
  mutating func small() throws(StreamingProblem) -> Int {
    let number = try varint()
    guard number <= UInt64(Int32.max) else { throw .damaged }
    return Int(number)
  }

  mutating func number() throws(StreamingProblem) -> Int64 {
    let folded = try varint()
    return Int64(bitPattern: (folded >> 1) ^ (0 &- (folded & 1)))
  }

  mutating func text() throws(StreamingProblem) -> Text {
    let length = try count()
    defer { position += length }
    return Text(utf8: bytes[position..<position + length])
  }

  mutating func bytes(_ count: Int) throws(StreamingProblem) -> [UInt8] {
    guard count <= bytes.count - position else { throw .damaged }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  mutating func word() throws(StreamingProblem) -> UInt64 {
    guard bytes.count - position >= 8 else { throw .damaged }
    defer { position += 8 }
    return bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }
  }

  mutating func value() throws(StreamingProblem) -> Value { try value(tagged: try byte()) }

  /// The value after its tag.
  mutating func value(tagged tag: UInt8) throws(StreamingProblem) -> Value {
    switch ValueTag(rawValue: tag) {
    case .null: return .null
    case .text: return .text(try text())
    case .whole: return .number(.whole(try number()))
    case .real:
      let real = Double(bitPattern: try varint())
      guard real.isFinite else { throw .damaged }
      return .number(Number(real))
    case .many:
      var values: [Value] = []
      for _ in 0..<(try count()) {
        let value = try value()
        if value.isNull { throw .damaged }
        if case .many = value { throw .damaged }
        values.append(value)
      }
      return Value(values)
    case nil: throw .damaged
    }
  }

  private mutating func varint() throws(StreamingProblem) -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let next = try byte()
      result |= UInt64(next & 0x7f) << shift
      if next < 0x80 { return result }
    }
    throw .damaged
  }
}

/// What begins a value that is written.
enum ValueTag: UInt8 {
  case null, text, whole, real, many
}

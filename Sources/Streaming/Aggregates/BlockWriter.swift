package import Events

/// Writes keys, contributions and rows one after another, each text but once: where it comes again
/// there is a number.
package struct BlockWriter: Sendable {
  private var writer = ByteWriter()
  private var places: [Text: Int] = [:]

  package init() {}

  /// Bytes written so far.
  package var size: Int { writer.bytes.count }

  /// What was written, after which the writer is as new.
  package mutating func takeBlock() -> [UInt8] {
    let block = writer.bytes
    writer = ByteWriter()
    places.removeAll(keepingCapacity: true)
    return block
  }

  package mutating func write(_ byte: UInt8) { writer.write(byte) }

  package mutating func write(count: Int) { writer.write(count: count) }

  /// A word of which any bits may be set.
  package mutating func write(word: UInt64) { writer.write(word: word) }

  package mutating func write(_ text: Text) {
    if let place = places[text] {
      writer.write(count: place)
    } else {
      places[text] = places.count + 1
      writer.write(count: 0)
      writer.write(text)
    }
  }

  package mutating func write(_ value: Value) {
    switch value {
    case .null, .number: writer.write(value)
    case .text(let text):
      writer.write(ValueTag.text.rawValue)
      write(text)
    case .many(let values):
      writer.write(ValueTag.many.rawValue)
      write(values)
    }
  }

  package mutating func write(_ values: [Value]) {
    writer.write(count: values.count)
    for value in values { write(value) }
  }

  package mutating func write(_ time: Timestamp?) {
    writer.write(time.map { Value.number(.whole($0.seconds)) } ?? .null)
  }

  package mutating func write(_ key: GroupKey) {
    writer.write(count: key.part)
    write(key.values)
  }

  package mutating func write(_ state: GroupState) {
    let bytes = state.encode()
    writer.write(count: bytes.count)
    writer.write(bytes)
  }

  package mutating func write(_ one: Contribution) {
    write(one.key)
    write(one.inputs)
    write(one.held)
    write(one.time)
    write(one.place, within: one.time)
    write(one.rowTime.map(Value.number) ?? .null)
    write(one.sample)
    writer.write(count: one.marks.count)
    for mark in one.marks { write(mark) }
  }

  private mutating func write(_ fields: [Text: Value]) {
    writer.write(count: fields.count)
    for (name, value) in fields {
      write(name)
      write(value)
    }
  }

  /// Most places are only a time, and that is the contribution's.
  private mutating func write(_ place: EventPlace, within time: Timestamp?) {
    let isPlain = place.time == time && place.eventID == nil && place.contentHash.isEmpty
    writer.write(isPlain ? 1 : UInt8(0))
    if isPlain {
      writer.write(Int64(place.ordinal))
    } else {
      place.write(to: &writer)
    }
  }
}

/// Reads what `BlockWriter` wrote; equal texts are the same words in memory.
package struct BlockReader: Sendable {
  private var reader: ByteReader
  private var texts: [Text] = []

  package init(_ block: [UInt8]) { reader = ByteReader(block) }

  package var isAtEnd: Bool { reader.isAtEnd }

  package mutating func byte() throws(StreamingProblem) -> UInt8 { try reader.byte() }

  package mutating func count() throws(StreamingProblem) -> Int { try reader.small() }

  package mutating func word() throws(StreamingProblem) -> UInt64 { try reader.word() }

  package mutating func text() throws(StreamingProblem) -> Text {
    let place = try reader.small()
    if place == 0 {
      let text = try reader.text()
      texts.append(text)
      return text
    }
    guard place <= texts.count else { throw .damaged }
    return texts[place - 1]
  }

  package mutating func value() throws(StreamingProblem) -> Value {
    let tag = try reader.byte()
    switch ValueTag(rawValue: tag) {
    case .text: return .text(try text())
    case .many: return .many(try values())
    default: return try reader.value(tagged: tag)
    }
  }

  package mutating func values() throws(StreamingProblem) -> [Value] {
    let count = try reader.count()
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try value()) }
    return values
  }

  package mutating func time() throws(StreamingProblem) -> Timestamp? { try reader.time() }

  package mutating func key() throws(StreamingProblem) -> GroupKey {
    let part = try reader.small()
    return GroupKey(try values(), part: part)
  }

  package mutating func state() throws(StreamingProblem) -> GroupState {
    let count = try reader.count()
    return try GroupState(decoding: try reader.bytes(count))
  }

  package mutating func contribution() throws(StreamingProblem) -> Contribution {
    var one = Contribution(key: try key(), inputs: try values(), time: nil)
    one.held = try fields()
    one.time = try time()
    one.place = try place(within: one.time)
    one.rowTime = try reader.value().number
    one.sample = try fields()
    for _ in 0..<(try reader.count()) { one.marks.append(try text()) }
    return one
  }

  private mutating func fields() throws(StreamingProblem) -> [Text: Value] {
    var fields: [Text: Value] = [:]
    for _ in 0..<(try reader.count()) {
      let name = try text()
      fields[name] = try value()
    }
    return fields
  }

  private mutating func place(within time: Timestamp?) throws(StreamingProblem) -> EventPlace {
    guard try reader.byte() == 1 else { return try EventPlace(from: &reader) }
    guard let ordinal = Int(exactly: try reader.number()) else { throw .damaged }
    return EventPlace(time: time, ordinal: ordinal)
  }
}

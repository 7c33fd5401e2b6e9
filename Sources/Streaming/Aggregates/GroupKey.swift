package import Events

/// What tells one result row from another: the values of the BY fields.
package struct GroupKey: Hashable, Sendable {
  /// Null or text, one for each BY field.
  package let values: [Value]
  /// Which search of the plan it belongs to: 0 the search itself, then its subsearches.
  package let part: Int
  /// Worked out once, since a table of many groups asks for it each time that it grows; seeded, so
  /// that nobody can choose values that share one.
  private let hash: Int

  package init(_ values: [Value], part: Int = 0) {
    self.values =
      values.allSatisfy(\.isNullOrText) ? values : values.map { $0.text.map(Value.text) ?? .null }
    self.part = part
    hash = GroupKey.hash(of: self.values)
  }

  /// The values one after another, each with its length, null told from empty.
  package var bytes: [UInt8] {
    var writer = ByteWriter()
    if part > 0 {
      writer.write(GroupKey.partTag)
      writer.write(count: part)
    }
    for value in values { writer.write(value) }
    return writer.bytes
  }

  /// Reads the bytes of a key.
  package init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    var reader = ByteReader(bytes)
    var values: [Value] = []
    part = bytes.first == GroupKey.partTag ? try reader.part() : 0
    while !reader.isAtEnd { values.append(try reader.value()) }
    self.values = values
    hash = GroupKey.hash(of: values)
  }

  private static func hash(of values: [Value]) -> Int {
    var hasher = Hasher()
    for value in values {
      if case .text(let text) = value {
        text.hash(into: &hasher)
      } else {
        hasher.combine(UInt8(0xFE))  // no text is written so: null differs from empty
      }
    }
    return hasher.finalize()
  }

  /// Begins no value.
  private static let partTag: UInt8 = 0xFF

  /// The same values in another part.
  func moved(by parts: Int) -> GroupKey {
    parts == 0 ? self : GroupKey(values, part: part + parts)
  }

  package static func == (left: GroupKey, right: GroupKey) -> Bool {
    left.hash == right.hash && left.part == right.part && left.values == right.values
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

extension GroupKey: Comparable {
  /// Value by value, by bytes; null comes first.
  package static func < (left: GroupKey, right: GroupKey) -> Bool {
    if left.part != right.part { return left.part < right.part }
    for index in 0..<min(left.values.count, right.values.count) {
      let one = left.values[index]
      let other = right.values[index]
      guard one != other else { continue }
      guard case .text(let one) = one else { return true }
      guard case .text(let other) = other else { return false }
      return one < other
    }
    return left.values.count < right.values.count
  }
}

extension Value {
  fileprivate var isNullOrText: Bool {
    switch self {
    case .null, .text: true
    default: false
    }
  }
}

extension ByteReader {
  fileprivate mutating func part() throws(StreamingProblem) -> Int {
    _ = try byte()
    let part = try small()
    guard part > 0 else { throw .damaged }
    return part
  }
}

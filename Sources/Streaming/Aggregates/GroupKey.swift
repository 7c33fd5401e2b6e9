package import Events

/// What tells one result row from another: the values of the BY fields.
///
/// Its bytes are the values one after another, each with its length, null told from empty.
package struct GroupKey: Hashable, Sendable {
  /// Null or text, one for each BY field.
  package let values: [Value]
  /// Which search of the plan it belongs to: 0 the search itself, then its subsearches.
  package let part: Int
  package let bytes: [UInt8]

  package init(_ values: [Value], part: Int = 0) {
    self.values = values.map { $0.text.map(Value.text) ?? .null }
    self.part = part
    var writer = ByteWriter()
    if part > 0 {
      writer.write(GroupKey.partTag)
      writer.write(count: part)
    }
    for value in self.values { writer.write(value) }
    bytes = writer.bytes
  }

  /// Reads the bytes of a key.
  package init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    var reader = ByteReader(bytes)
    var values: [Value] = []
    part = bytes.first == GroupKey.partTag ? try reader.part() : 0
    while !reader.isAtEnd { values.append(try reader.value()) }
    self.values = values
    self.bytes = bytes
  }

  /// Begins no value.
  private static let partTag: UInt8 = 0xFF

  /// The same values in another part.
  func moved(by parts: Int) -> GroupKey {
    parts == 0 ? self : GroupKey(values, part: part + parts)
  }

  package static func == (left: GroupKey, right: GroupKey) -> Bool { left.bytes == right.bytes }

  package func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension GroupKey: Comparable {
  /// Value by value, by bytes; null comes first.
  package static func < (left: GroupKey, right: GroupKey) -> Bool {
    if left.part != right.part { return left.part < right.part }
    for (one, other) in zip(left.values, right.values) where one != other {
      guard let one = one.text else { return true }
      guard let other = other.text else { return false }
      return one < other
    }
    return left.values.count < right.values.count
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

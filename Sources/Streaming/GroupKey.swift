package import Events

/// What tells one result row from another: the values of the BY fields.
///
/// Its bytes are the values one after another, each with its length, null told from empty.
package struct GroupKey: Hashable, Sendable {
  /// Null or text, one for each BY field.
  package let values: [Value]
  package let bytes: [UInt8]

  package init(_ values: [Value]) {
    self.values = values.map { $0.text.map(Value.text) ?? .null }
    var writer = ByteWriter()
    for value in self.values { writer.write(value) }
    bytes = writer.bytes
  }

  /// Reads the bytes of a key.
  package init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    var reader = ByteReader(bytes)
    var values: [Value] = []
    while !reader.isAtEnd { values.append(try reader.value()) }
    self.values = values
    self.bytes = bytes
  }

  package static func == (left: GroupKey, right: GroupKey) -> Bool { left.bytes == right.bytes }

  package func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension GroupKey: Comparable {
  /// Value by value, by bytes; null comes first.
  package static func < (left: GroupKey, right: GroupKey) -> Bool {
    for (one, other) in zip(left.values, right.values) where one != other {
      guard let one = one.text else { return true }
      guard let other = other.text else { return false }
      return one < other
    }
    return left.values.count < right.values.count
  }
}

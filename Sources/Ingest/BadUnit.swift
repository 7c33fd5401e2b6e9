/// A piece of a file that is no record: kept as a dead letter, and the file goes on.
package struct BadUnit: Sendable, Equatable {
  /// Where it begins in the file, for gzip in the inflated text.
  package var offset: Int64
  package var reason: Reason
  /// The first bytes, at most `headLimit`.
  package var head: [UInt8]

  package static let headLimit = 256

  package init(offset: Int64, reason: Reason, head: [UInt8]) {
    self.offset = offset
    self.reason = reason
    self.head = head
  }

  package enum Reason: Sendable, Equatable {
    /// Text where an object or array should begin.
    case notJSON
    /// Brackets or quotes that do not match.
    case broken
    /// The text ends in the middle of a value.
    case cutOff
    /// An element of an envelope that is neither object nor array.
    case scalar
    /// Longer than `Framing.unitLimit`.
    case tooLong
    /// Bytes after the last gzip member.
    case trailingBytes(Int)
    /// So much of a document is broken that the rest was given up.
    case givenUp
    /// The gzip file itself is at fault.
    case compression(String)
  }

  /// What is wrong, in words for the analyst.
  package var sentence: String {
    switch reason {
    case .notJSON: "found text where a JSON object was expected"
    case .broken: "found brackets or quotes that do not match"
    case .cutOff: "the text ends in the middle of a record"
    case .scalar: "found a plain value where a record was expected"
    case .tooLong: "the record is longer than \(Framing.unitLimit >> 20) MiB"
    case .trailingBytes(let count): "found \(count) bytes after the end of the gzip data"
    case .givenUp: "too much of the document is broken, its rest was given up"
    case .compression(let sentence): sentence
    }
  }
}

/// Bad units since the last checkpoint: the first ones whole, all of them counted.
struct BadUnits {
  /// More than this are only counted, so that a binary file costs no memory.
  static let limit = 100

  private(set) var kept: [BadUnit] = []
  private(set) var count: Int64 = 0

  mutating func add(_ reason: BadUnit.Reason, at offset: Int64, _ bytes: UnsafeRawBufferPointer) {
    count += 1
    guard kept.count < Self.limit else { return }
    kept.append(
      BadUnit(offset: offset, reason: reason, head: Array(bytes.prefix(BadUnit.headLimit))))
  }

  mutating func clear() { self = BadUnits() }
}

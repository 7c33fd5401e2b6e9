/// What a JSON value is.
package enum JSONKind: UInt8, Sendable {
  case object
  case array
  case string
  case number
  case `true`
  case `false`
  case null
}

/// One entry of a document's tape: where a value or a key lies in the bytes.
///
/// The tape lists values in the order of the text: an object is followed by key, value, key,
/// value; an array by its elements. `next` leads past everything inside.
struct JSONNode {
  /// The first byte of the value; of a string or a key the first after its quote.
  var start: UInt32
  /// Past the last byte of the value; of a string or a key its closing quote.
  var end: UInt32
  /// The tape index of what follows this value and all that is in it.
  var next: UInt32
  /// Kind and flags in the low byte; of a key, above it, 24 bits of a hash of its decoded text.
  var tag: UInt32

  static let kindMask: UInt32 = 0x0F
  /// A string that holds a backslash; a key that holds one, or a byte beyond ASCII: its bytes
  /// need not be its text.
  static let coded: UInt32 = 0x10
  /// An object in which a key comes twice.
  static let duplicates: UInt32 = 0x20

  init(_ kind: JSONKind, start: Int, end: Int = 0, next: Int = 0, flags: UInt32 = 0) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.next = UInt32(truncatingIfNeeded: next)
    tag = UInt32(kind.rawValue) | flags
  }

  var kind: JSONKind {
    guard let kind = JSONKind(rawValue: UInt8(tag & JSONNode.kindMask)) else {
      preconditionFailure("a tape entry has one of the kinds of JSONKind")
    }
    return kind
  }

  var isCoded: Bool { tag & JSONNode.coded != 0 }
  var hasDuplicates: Bool { tag & JSONNode.duplicates != 0 }
  var range: Range<Int> { Int(start)..<Int(end) }
}

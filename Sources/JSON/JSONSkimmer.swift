internal import CBytes

/// Finds where a JSON value ends, over bytes that may come in pieces.
///
/// It knows strings, escapes and kinds of bracket, not the grammar: `{"a" 1}` passes, a string
/// followed by text (as a missing quote makes it) or `{]` does not.
package struct JSONSkimmer {
  /// What a piece of text came to.
  package enum Outcome: Equatable {
    /// The value ends before this index.
    case ended(Int)
    /// The text ends inside the value; go on with the next piece.
    case more
    /// No value can have this byte here.
    case broken(Int)
  }

  /// Values nested deeper than this are broken.
  package static let depthLimit = Int(cb_depth_limit)

  private enum Kind { case unknown, scalar, other }

  private var kind = Kind.unknown
  private var state = cb_skim()

  package init() {}

  /// Goes on from `index`, which is the start of the value or of its next piece.
  package mutating func scan(_ bytes: UnsafeRawBufferPointer, from index: Int) -> Outcome {
    guard index < bytes.count, let base = bytes.baseAddress else { return .more }
    if kind == .unknown {
      switch bytes[index] {
      case 0x22, 0x7b, 0x5b: kind = .other
      case 0x2c, 0x3a, 0x5d, 0x7d: return .broken(index)
      default: kind = .scalar
      }
    }
    if kind == .scalar { return endOfScalar(bytes, from: index) }
    var place = index
    let outcome = cb_skim(
      base.assumingMemoryBound(to: UInt8.self), &place, bytes.count, &state)
    switch Int(outcome) {
    case cb_ended: return .ended(place)
    case cb_broken: return .broken(place)
    default: return .more
    }
  }

  /// A number or a word goes on to what can follow a value.
  private func endOfScalar(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Outcome {
    for index in start..<bytes.count {
      let byte = bytes[index]
      if byte <= 0x20 || byte == 0x2c || byte | 0x20 == 0x7d { return .ended(index) }
    }
    return .more
  }
}

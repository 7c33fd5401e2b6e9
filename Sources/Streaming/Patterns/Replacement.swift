import Events

/// What stands in the place of a match: text, groups as `\1`, and the whole match as `&` for sed.
struct Replacement: Sendable {
  private enum Part: Sendable {
    case bytes([UInt8])
    case group(Int)
  }

  private let parts: [Part]

  init(_ text: Text, ampersandIsMatch: Bool = false) {
    var parts: [Part] = []
    var literal: [UInt8] = []
    var rest = Array(text.string.utf8)[...]
    func flush() {
      if !literal.isEmpty { parts.append(.bytes(literal)) }
      literal = []
    }
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), let next = rest.first {
        rest.removeFirst()
        if (0x30...0x39).contains(next) {
          flush()
          parts.append(.group(Int(next - 0x30)))
        } else {
          literal.append(next == UInt8(ascii: "n") && ampersandIsMatch ? 0x0A : next)
        }
      } else if byte == UInt8(ascii: "&"), ampersandIsMatch {
        flush()
        parts.append(.group(0))
      } else {
        literal.append(byte)
      }
    }
    flush()
    self.parts = parts
  }

  /// The text with these in place of the matches.
  func applied(to text: Text, at matches: some Sequence<PatternMatch>) -> Text {
    text.withBytes { bytes in
      var result: [UInt8] = []
      var end = 0
      for match in matches {
        result += bytes[end..<match.whole.lowerBound]
        for part in parts {
          switch part {
          case .bytes(let literal): result += literal
          case .group(let group):
            if group < match.groups.count, let range = match.groups[group] {
              result += bytes[range]
            }
          }
        }
        end = match.whole.upperBound
      }
      return Text(utf8: result + bytes[end...])
    }
  }
}

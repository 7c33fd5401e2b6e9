import Events
import SPL

/// A pattern made ready to be compared with many values without regard to ASCII case.
struct FoldedPattern: Sendable {
  /// Lower-case runs; each boundary between two is a `*`.
  private let runs: [[UInt8]]
  /// The number that a pattern without `*` is.
  let number: Number?
  /// The pattern's own text, for comparisons by order.
  let text: Text
  let matchesAnything: Bool
  private let ignoresCase: Bool

  init(_ pattern: Pattern, ignoringCase: Bool = true) {
    ignoresCase = ignoringCase
    runs = pattern.runs.map { ignoringCase ? $0.utf8.map(folded) : Array($0.utf8) }
    text = Text(pattern.runs.joined(separator: "*"))
    number = pattern.hasWildcard ? nil : Number(text)
    matchesAnything = pattern.matchesAnything
  }

  /// Whether the whole text is the pattern.
  func matches(_ text: Text) -> Bool {
    if matchesAnything { return true }
    return text.withBytes { bytes in
      let first = runs[0]
      guard runs.count > 1 else { return bytes.count == first.count && has(first, bytes, 0) }
      let last = runs[runs.count - 1]
      guard bytes.count >= first.count + last.count, has(first, bytes, 0),
        has(last, bytes, bytes.count - last.count)
      else { return false }
      return contains(
        runs[1..<runs.count - 1], in: bytes, from: first.count, to: bytes.count - last.count)
    }
  }

  /// Whether the pattern occurs somewhere in the text.
  func occurs(in text: Text) -> Bool {
    text.withBytes { contains(runs[...], in: $0, from: 0, to: $0.count) }
  }

  /// Whether the pattern is all that stands somewhere between two major breakers, or an end.
  func occursWhole(in text: Text) -> Bool {
    text.string.utf8.split(whereSeparator: FoldedPattern.breakers.contains).contains {
      matches(Text(String(Substring($0))))
    }
  }

  private static let breakers = Set(" \t\r\n[]<>(){}|!;,'\"&?+".utf8)

  /// Whether the runs follow one another between two offsets.
  private func contains(
    _ runs: ArraySlice<[UInt8]>, in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int
  ) -> Bool {
    var position = start
    for run in runs where !run.isEmpty {
      while position + run.count <= end, !has(run, bytes, position) { position += 1 }
      guard position + run.count <= end else { return false }
      position += run.count
    }
    return true
  }

  private func has(_ run: [UInt8], _ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
    guard ignoresCase else { return run.elementsEqual(bytes[offset..<offset + run.count]) }
    for index in run.indices where folded(bytes[offset + index]) != run[index] { return false }
    return true
  }
}

/// A byte with an ASCII letter in lower case.
func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte }

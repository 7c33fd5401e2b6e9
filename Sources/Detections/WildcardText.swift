/// A text of the user's in which `*` stands for any text, compared without ASCII case.
package struct WildcardText: Equatable, Sendable {
  /// What stands between the stars, in lower case.
  private let runs: [[UInt8]]

  package init(_ text: String) {
    runs = text.utf8.map(folded).split(
      separator: UInt8(ascii: "*"), omittingEmptySubsequences: false
    ).map(Array.init)
  }

  package func matches(_ text: String) -> Bool {
    let text = Array(text.utf8.map(folded))
    guard runs.count > 1, let first = runs.first, let last = runs.last else {
      return runs.first == text
    }
    guard text.count >= first.count + last.count, text.starts(with: first),
      text.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = text[first.count..<text.count - last.count]
    for run in runs.dropFirst().dropLast() where !run.isEmpty {
      guard let found = rest.firstRange(of: run) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}

/// ASCII lower case.
private func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

internal import CBytes

/// Runs of ASCII letters that are looked for in either case, as the passes over bytes want them.
///
/// Two letters of each, the ones that are rare in log text, are compared in vectors; only where
/// both are there is the whole run compared.
final class LetterRuns: @unchecked Sendable {
  // Unchecked: what the pointers lead to is written here and never again.
  private let letters: UnsafeMutablePointer<UInt8>
  let first: UnsafePointer<cb_run>
  let count: Int

  /// Whether the text is a run of ASCII letters, of either case.
  static func isUsable(_ text: [UInt8]) -> Bool {
    !text.isEmpty && text.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a }
  }

  /// - Parameter runs: of letters, none of them empty.
  init(_ runs: [[UInt8]]) {
    letters = .allocate(capacity: runs.reduce(1) { $0 + $1.count })
    let list = UnsafeMutablePointer<cb_run>.allocate(capacity: runs.count + 1)
    var next = letters
    for (index, run) in runs.enumerated() {
      for (place, letter) in run.enumerated() { (next + place).initialize(to: letter | 0x20) }
      let rare = Self.rarest(of: run.map { $0 | 0x20 })
      (list + index).initialize(
        to: cb_run(letters: next, length: run.count, first: rare.0, second: rare.1))
      next += run.count
    }
    first = UnsafePointer(list)
    count = runs.count
  }

  deinit {
    letters.deallocate()
    first.deallocate()
  }

  /// Where the two rarest letters of a run are that differ; loads reach no further than 64 places.
  private static func rarest(of run: [UInt8]) -> (Int, Int) {
    let byRarity = run.indices.prefix(64).sorted {
      let (left, right) = (frequency(run[$0]), frequency(run[$1]))
      return (left, $0) < (right, $1)
    }
    let first = byRarity[0]
    return (first, byRarity.first { run[$0] != run[first] } ?? first)
  }

  /// The place of a letter in the order from rare to frequent in JSON logs of AWS.
  private static func frequency(_ letter: UInt8) -> Int {
    let rareFirst = Array("qjxzkvwhyfgblpmducoirsntae".utf8)
    return rareFirst.firstIndex(of: letter) ?? 0
  }
}

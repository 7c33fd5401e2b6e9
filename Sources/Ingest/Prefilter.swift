internal import CBytes

/// Answers, over raw bytes, whether a unit can matter to any rule.
///
/// A unit is a candidate when it holds one of the needles in either case, or an escaped letter or
/// backslash: `"Describe\u0049mageScanFindings"` is the same JSON without the needle's bytes.
package struct Prefilter: Sendable {
  /// Nil where every unit is a candidate; the key of `keyed` is the last.
  private let runs: LetterRuns?
  /// What one key's value must hold, where there are too many needles for a pass each.
  private let keyed: KeyedRuns?

  /// Each needle makes the pass over all bytes slower by a fifth; beyond so many the values of one
  /// key are compared with all of them at once.
  package static let needleLimit = 8

  /// - Parameter alternatives: runs of ASCII letters of which a unit must contain one, in either
  ///   case; nil where every unit is a candidate. No alternatives: only escapes are candidates.
  package init(alternatives: [[UInt8]]?) {
    self.init(alternatives.flatMap(Self.needed), keyed: nil)
  }

  private init(_ needles: [[UInt8]]?, keyed: KeyedRuns?) {
    self.keyed = keyed
    runs = needles.map { LetterRuns($0 + (keyed.map { [$0.key] } ?? [])) }
  }

  /// A unit is a candidate when the value of a key contains one of many runs, or it one of a few.
  ///
  /// - Parameters:
  ///   - values: runs of ASCII letters of which a string under the key must contain one.
  ///   - key: ASCII letters; it counts wherever it stands, in strings that hold JSON too.
  ///   - others: runs that count anywhere.
  package init(values: [[UInt8]], ofKey key: String, or others: [[UInt8]]) {
    if Self.needed(values + others) == nil, let few = Self.needed(others),
      let keyed = KeyedRuns(key: key, runs: values)
    {
      self.init(few, keyed: keyed)
    } else {
      self.init(alternatives: values + others)
    }
  }

  /// The runs that have to be looked for one by one; nil where they are too many or unusable.
  private static func needed(_ alternatives: [[UInt8]]) -> [[UInt8]]? {
    guard alternatives.allSatisfy({ LetterRuns.isUsable($0) }) else { return nil }
    let needed = withoutLonger(alternatives.map { $0.map { $0 | 0x20 } })
    return needed.count > needleLimit ? nil : needed
  }

  /// Without what contains another alternative, since that one finds it too.
  private static func withoutLonger(_ alternatives: [[UInt8]]) -> [[UInt8]] {
    Set(alternatives).filter { long in
      !alternatives.contains { $0.count < long.count && long.containsRun($0) }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Whether there is anything that a unit must hold.
  var isSelective: Bool { runs != nil }

  /// Whether the bytes from `start` up to `end` are a candidate.
  ///
  /// The memory can be read up to `end + readAhead`.
  func matches(_ base: UnsafeRawPointer, from start: Int, to end: Int) -> Bool {
    guard runs != nil else { return true }
    return next(in: base, from: start, to: end) < end
  }

  /// The first place from `start` on that makes a candidate; `end` where there is none.
  func next(in base: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
    guard let runs else { return start }
    var start = start
    while true {
      let bytes = base.assumingMemoryBound(to: UInt8.self)
      let found = cb_next(bytes, start, end, runs.first, runs.count)
      guard isUnwantedKey(found, base, end) else { return found.place }
      start = found.place + 1
    }
  }

  /// What a pass over lines stopped at.
  enum Stop: Equatable {
    /// A place in the line that makes it a candidate.
    case candidate(Int)
    /// The feed of a line that is long, or no object at first sight.
    case unusual(Int)
    case end
  }

  /// Goes over whole lines, counting those that are plain objects and no candidates, up to one
  /// that has to be looked at; only for a prefilter that is selective.
  func next(
    in base: UnsafeRawPointer, _ lines: inout cb_lines, to end: Int, longest: Int
  ) -> Stop {
    guard let runs else { return .candidate(lines.line) }
    let bytes = base.assumingMemoryBound(to: UInt8.self)
    while true {
      let found = cb_next_in_lines(bytes, &lines, end, longest, runs.first, runs.count)
      switch Int(found.what) {
      case cb_end: return .end
      case cb_unusual: return .unusual(found.place)
      default:
        guard isUnwantedKey(found, base, end) else { return .candidate(found.place) }
        lines.from = found.place + 1
      }
    }
  }

  /// Whether it is the key whose values are compared, with one that no rule wants.
  @inline(__always)
  private func isUnwantedKey(_ found: cb_found, _ base: UnsafeRawPointer, _ end: Int) -> Bool {
    guard let keyed, let runs, Int(found.what) == runs.count - 1 else { return false }
    return !keyed.isWanted(base, at: found.place, to: end)
  }

  /// How far beyond the end vector loads may reach: every buffer that is searched has it.
  static let readAhead = 96
}

extension [UInt8] {
  fileprivate func containsRun(_ run: [UInt8]) -> Bool {
    indices.contains { self[$0...].starts(with: run) }
  }
}

/// Answers, over raw bytes, whether a unit can matter to any rule.
///
/// A unit is a candidate when it holds one of the needles in either case, or an escaped letter or
/// backslash: `"Describe\u0049mageScanFindings"` is the same JSON without the needle's bytes.
package struct Prefilter: Sendable {
  private let needles: [Needle]?
  /// What one key's value must hold, where there are too many needles for a pass each.
  private let keyed: KeyedRuns?

  /// A pass for one needle costs about 0.1 s a GiB and core; parsing every record costs ten times
  /// as much, so that beyond this many needles everything is a candidate.
  package static let needleLimit = 8

  /// - Parameter alternatives: runs of ASCII letters of which a unit must contain one, in either
  ///   case; nil where every unit is a candidate. No alternatives: only escapes are candidates.
  package init(alternatives: [[UInt8]]?) {
    keyed = nil
    guard let alternatives, alternatives.allSatisfy({ Needle.isUsable($0) }) else {
      needles = nil
      return
    }
    let needed = Self.withoutLonger(alternatives.map { $0.map { $0 | 0x20 } })
    needles = needed.count > Self.needleLimit ? nil : needed.map(Needle.init)
  }

  /// A unit is a candidate when the value of a key contains one of many runs, or it one of a few.
  ///
  /// - Parameters:
  ///   - values: runs of ASCII letters of which a string under the key must contain one.
  ///   - key: ASCII letters; it counts wherever it stands, in strings that hold JSON too.
  ///   - others: runs that count anywhere.
  package init(values: [[UInt8]], ofKey key: String, or others: [[UInt8]]) {
    let all = Prefilter(alternatives: values + others)
    let few = Prefilter(alternatives: others)
    guard all.needles == nil, let rest = few.needles,
      let keyed = KeyedRuns(key: key, runs: values)
    else {
      self = all
      return
    }
    needles = rest
    self.keyed = keyed
  }

  /// Without what contains another alternative, since that one finds it too.
  private static func withoutLonger(_ alternatives: [[UInt8]]) -> [[UInt8]] {
    Set(alternatives).filter { long in
      !alternatives.contains { $0.count < long.count && long.containsRun($0) }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Whether the bytes from `start` up to `end` are a candidate.
  ///
  /// The memory can be read up to `end + readAhead`.
  func matches(_ base: UnsafeRawPointer, from start: Int, to end: Int) -> Bool {
    guard let needles else { return true }
    if Escape.next(in: base, from: start, to: end) < end { return true }
    if let keyed, keyed.next(in: base, from: start, to: end) < end { return true }
    return needles.contains { $0.next(in: base, from: start, to: end) < end }
  }

  /// A search through one block: each needle's next place is found once.
  func search(_ base: UnsafeRawPointer, from start: Int, to end: Int) -> PrefilterSearch {
    PrefilterSearch(needles: needles, keyed: keyed, base: base, start: start, end: end)
  }

  /// How far beyond the end vector loads may reach: every buffer that is searched has it.
  static let readAhead = 96
}

/// The next candidate places of a block, in order.
struct PrefilterSearch {
  private let needles: [Needle]?
  private let keyed: KeyedRuns?
  private let base: UnsafeRawPointer
  private let end: Int
  /// The next place of an escape, of the key, then those of the needles; `end` where there is none.
  private var places: [Int] = []

  init(
    needles: [Needle]?, keyed: KeyedRuns?, base: UnsafeRawPointer, start: Int, end: Int
  ) {
    self.needles = needles
    self.keyed = keyed
    self.base = base
    self.end = end
    guard let needles else { return }
    places = (0..<needles.count + 2).map { place($0, from: start) }
  }

  /// The first candidate place at or after `index`; the block's end where there is none.
  mutating func next(from index: Int) -> Int {
    guard needles != nil else { return index }
    var nearest = end
    for slot in places.indices {
      if places[slot] < index { places[slot] = place(slot, from: index) }
      nearest = min(nearest, places[slot])
    }
    return nearest
  }

  private func place(_ slot: Int, from index: Int) -> Int {
    switch slot {
    case 0: Escape.next(in: base, from: index, to: end)
    case 1: keyed?.next(in: base, from: index, to: end) ?? end
    default: needles?[slot - 2].next(in: base, from: index, to: end) ?? end
    }
  }
}

extension [UInt8] {
  fileprivate func containsRun(_ run: [UInt8]) -> Bool {
    indices.contains { self[$0...].starts(with: run) }
  }
}

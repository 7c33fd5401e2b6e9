internal import Events

/// The digests of each trail and region in the order of their ends.
struct DigestChains {
  private let ends: [Timestamp]
  /// The chain of each, whatever its bucket: what a digest says of that is not proven.
  private let names: [Text]
  /// Numbers of digests by end.
  private let chains: [Text: [Int]]
  private let newest: Timestamp?
  /// Where each digest stands in its chain.
  private let places: [Int]

  init(_ digests: [DigestFile]) {
    ends = digests.map(\.end)
    newest = ends.max()
    names = digests.map { FileName($0.object.name).chain ?? $0.object.key }
    let (ends, names) = (ends, names)
    chains = Dictionary(grouping: digests.indices) { names[$0] }.mapValues { members in
      members.sorted { (ends[$0], $0) < (ends[$1], $1) }
    }
    var places = Array(repeating: 0, count: digests.count)
    for chain in chains.values {
      for (place, index) in chain.enumerated() { places[index] = place }
    }
    self.places = places
  }

  /// The digest that ended last before this one; nil where this is the oldest.
  func older(than index: Int) -> Int? {
    chain(of: index)[..<places[index]].last { ends[$0] < ends[index] }
  }

  func hasOlder(than index: Int) -> Bool { older(than: index) != nil }

  /// Whether the digest after this one may be on its way: none of the chain ended later, and none
  /// of any chain much later.
  func awaitsSuccessor(_ index: Int) -> Bool {
    guard let last = chain(of: index).last, let newest else { return false }
    return ends[last] == ends[index] && newest - ends[index] <= Coverage.patience
  }

  private func chain(of index: Int) -> [Int] { chains[names[index], default: []] }
}

internal import Events

/// The digests of each trail and region in the order of their ends.
struct DigestChains {
  private struct Key: Hashable {
    var bucket: Text
    var chain: Text

    init(_ object: ObjectName) {
      bucket = object.bucket
      chain = FileName(object.name).chain ?? object.key
    }
  }

  private let ends: [Timestamp]
  private let keys: [Key]
  /// Numbers of digests by end.
  private let chains: [Key: [Int]]
  /// Where each digest stands in its chain.
  private let places: [Int]

  init(_ digests: [DigestFile]) {
    ends = digests.map(\.end)
    keys = digests.map { Key($0.object) }
    let (ends, keys) = (ends, keys)
    chains = Dictionary(grouping: digests.indices) { keys[$0] }.mapValues { members in
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

  /// Whether no digest of the chain ended later.
  func isNewest(_ index: Int) -> Bool {
    chain(of: index).last.map { ends[$0] == ends[index] } ?? true
  }

  private func chain(of index: Int) -> [Int] { chains[keys[index], default: []] }
}

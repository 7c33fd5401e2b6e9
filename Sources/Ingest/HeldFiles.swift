/// Which files' descriptors are held open, the one used longest ago first in line to be let go of.
struct HeldFiles {
  /// How many may be held: half of what the process may have, and never more than serves.
  let limit: Int
  private var lastUse: [FileID: UInt64] = [:]
  private var clock: UInt64 = 0

  init(descriptorLimit: Int) { limit = max(1, min(512, descriptorLimit / 2)) }

  var count: Int { lastUse.count }

  /// Notes that a file's descriptor is held, and was just used.
  mutating func use(_ key: FileID) {
    clock += 1
    lastUse[key] = clock
  }

  mutating func remove(_ key: FileID) { lastUse[key] = nil }

  /// Files to let go of, the least recently used ones, until so many are left.
  func surplus(over count: Int) -> [FileID] {
    guard lastUse.count > count else { return [] }
    return lastUse.sorted { $0.value < $1.value }.prefix(lastUse.count - count).map(\.key)
  }
}

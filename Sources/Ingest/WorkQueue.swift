/// Files that wait for a reader, first come, first served.
struct WorkQueue {
  private var keys: [FileID] = []
  /// How many at the start were taken already; they go when they are the half of it.
  private var taken = 0

  var isEmpty: Bool { taken == keys.count }

  mutating func add(_ key: FileID) { keys.append(key) }

  mutating func take() -> FileID? {
    guard !isEmpty else { return nil }
    taken += 1
    let key = keys[taken - 1]
    if 2 * taken >= keys.count {
      keys.removeFirst(taken)
      taken = 0
    }
    return key
  }
}

internal import Events

/// Of which times there are digests, for each account and region.
struct Coverage {
  /// A log file is delivered, and so digested, up to this long after the time in its name.
  private static let delivery: Int64 = 3600
  /// A digest comes within this time after the files of its hour, and after the one before it.
  static let patience: Int64 = 3 * 3600

  private let digests: [FileName.Place: [(start: Timestamp, end: Timestamp)]]
  private let newest: Timestamp?

  /// Of these digests; the time of the newest log file stands for now.
  init(_ digests: [DigestFile], newest: Timestamp?) {
    self.newest = newest
    var spans: [FileName.Place: [(start: Timestamp, end: Timestamp)]] = [:]
    for digest in digests {
      guard let place = FileName(digest.object.name).place else { continue }
      spans[place, default: []].append((digest.start, digest.end))
    }
    self.digests = spans.mapValues { $0.sorted { $0.end < $1.end } }
  }

  /// What to think of a log file that no digest lists.
  func standing(of name: FileName) -> (FileState, Reason) {
    guard let place = name.place, let spans = digests[place], let last = spans.last else {
      return (.undigested, .noDigests)
    }
    guard let time = name.time, let newest else { return (.undigested, .notCovered) }
    if time + Self.delivery >= last.end {
      return newest - time <= Self.patience ? (.pending, .awaited) : (.undigested, .notCovered)
    }
    let isCovered = [time, time + Self.delivery].allSatisfy { time in
      spans.contains { $0.start <= time && time < $0.end }
    }
    return (.undigested, isCovered ? .notListed : .notCovered)
  }
}

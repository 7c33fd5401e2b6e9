/// How a follower is doing, in numbers.
package struct FollowerStatus: Sendable, Equatable {
  package var filesByState: [FileState: Int] = [:]
  /// Bytes that are there and not yet taken.
  package var bytesBehind: Int64 = 0
  /// Taken since the start, compressed size for gzip.
  package var bytesRead: Int64 = 0
  package var records: Int64 = 0
  package var badUnits: Int64 = 0
  /// Over the last second or so.
  package var bytesPerSecond: Double = 0
  package var recordsPerSecond: Double = 0
  /// Whether the kernel tells of changes; else only the periodic scan sees them.
  package var isNotified = false
  /// Complete scans of all roots since the start.
  package var scans = 0
  package var isIdle = false
  /// What the watch itself met: no watches left, an unreadable directory.
  package var notes: [String] = []

  package init() {}
}

/// A file that is followed, for the Sources view.
package struct FollowedFileStatus: Sendable, Equatable {
  package var path: String
  package var state: FileState
  package var reason: String?
  package var offset: Int64
  package var size: Int64
  package var records: Int64
}

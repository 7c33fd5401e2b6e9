/// Follows files and directories: what `watch` does.
package final class Follower: Sendable {
  package struct Options: Sendable {
    /// Files or directories, followed recursively.
    package var roots: [String]
    /// Does without inotify, for network file systems.
    package var poll = false
    /// Where earlier runs stopped: path and the bytes of its last committed checkpoint.
    package var checkpoints: [String: [UInt8]] = [:]
    /// Directories and files to pass over, such as the state's own.
    package var excluded: [String] = []

    package init(roots: [String]) { self.roots = roots }
  }

  package init(_ options: Options, reading: Reading) { fatalError() }
  package func start() {}
  /// Lets what is being read come to a checkpoint, then returns.
  package func stop() {}
  /// Looks at every file again soon, whatever inotify says.
  package func rescan() {}
  /// Scans once more and waits until everything that is there was read.
  ///
  /// - Returns: false when time was up or the follower stopped first.
  package func waitUntilIdle(atMost limit: Duration? = nil) -> Bool { false }
  /// Everything that was there at the last scan has been read as far as it can be.
  package var isIdle: Bool { false }
  package var status: FollowerStatus { FollowerStatus() }
  /// Every file known, sorted by path.
  package var files: [FollowedFileStatus] { [] }
}

package import Workers

/// Reads every file under some paths once: what `scan` does.
package struct ReadOnce: Sendable {
  /// Bytes done of all there are, for a progress line; called about ten times a second.
  package struct Progress: Sendable, Equatable {
    package var bytesDone: Int64 = 0
    package var bytesTotal: Int64 = 0
    package var filesDone = 0
    package var filesTotal = 0
    package var records: Int64 = 0
  }

  /// A path that could not be read, and why.
  package struct Unreadable: Sendable, Equatable {
    package var path: String
    package var reason: String
  }

  /// What was read in all.
  package struct Summary: Sendable, Equatable {
    package var files = 0
    package var bytes: Int64 = 0
    package var records: Int64 = 0
    package var badUnits: Int64 = 0
    package var unreadable: [Unreadable] = []
  }

  package init(paths: [String], reading: Reading) { fatalError() }

  /// Reads on threads of its own and returns when they are done or `stop` was raised.
  package func run(
    stop: StopFlag, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) -> Summary { fatalError() }
}

package import Events

/// How the reading of the logs goes, in numbers; translated from the engine's own.
package struct Report: Equatable, Sendable {
  package enum Progress: Equatable, Sendable {
    /// At the end of every file, waiting for more.
    case live
    /// Reading what was there already: share done, 0 to 1, and seconds that it may still take.
    case catchingUp(fraction: Double, secondsLeft: Int?)
    /// Another process reads; this one shows its store.
    case viewing(processID: Int)
    /// No process reads; this one shows what the store holds.
    case unattended
    /// Nothing is read.
    case stopped

    /// Whether the figures of a reading are this process's own to tell.
    var isOwn: Bool {
      switch self {
      case .live, .catchingUp, .stopped: true
      case .viewing, .unattended: false
      }
    }
  }

  package var progress: Progress
  package var files: Int
  package var eventsPerSecond: Double
  package var bytesBehind: Int64
  package var deadLetters: Int
  package var newestEvent: Timestamp?
  /// The last thing that went wrong and still is: `the disk is full: ...`.
  package var problem: String?
  /// Whether changes are found by looking again and again, for want of notices.
  package var isPolling = false

  package init(
    progress: Progress = .stopped, files: Int = 0, eventsPerSecond: Double = 0,
    bytesBehind: Int64 = 0, deadLetters: Int = 0, newestEvent: Timestamp? = nil,
    problem: String? = nil
  ) {
    self.progress = progress
    self.files = files
    self.eventsPerSecond = eventsPerSecond
    self.bytesBehind = bytesBehind
    self.deadLetters = deadLetters
    self.newestEvent = newestEvent
    self.problem = problem
  }
}

/// A followed file in the follower's books.
struct FollowedEntry {
  var file: FollowedFile
  /// As last seen under its path.
  var facts: FileFacts
  /// In the queue for a reader.
  var isQueued = false
  /// With a reader; `file` is then out of date.
  var isOut = false
  /// To be read again when it is back.
  var isDirty = false
  /// A scan met it while it was with a reader, who may have failed before that.
  var wasMetMeanwhile = false
  /// Its last writer has closed it, or it was moved here whole.
  var isFinished = false
  /// The next turn is for a document that nobody writes to, or for a tail that waited long enough.
  var isStable = false
  var takesTail = false
  /// The path it was known by until it was renamed, as long as nobody was told.
  var formerPath: String?
  /// How many scans in a row did not find it.
  var missed = 0
  /// What a timer waits for.
  var timer: Timer?

  enum Timer {
    /// The same facts again: a document is stable then.
    case stability(FileFacts)
    /// No byte behind the tail.
    case tail(FileFacts)
    /// Nothing but the time.
    case retry
  }

  init(file: FollowedFile, facts: FileFacts) {
    self.file = file
    self.facts = facts
  }

  var isGone: Bool { missed > 1 }

  /// Whether its next turn waits for a sign that the writer is done.
  var isWaitingForWriter: Bool {
    switch timer {
    case .stability, .tail: true
    case .retry, nil: false
    }
  }

  func job(_ key: FileID) -> FollowJob {
    FollowJob(
      key: key, file: file, isStable: isStable || isFinished, takesTail: takesTail, isGone: isGone)
  }
}

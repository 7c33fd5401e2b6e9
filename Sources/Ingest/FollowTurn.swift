/// A turn at a file while it lasts.
struct FollowTurn {
  let job: FollowJob
  var outcome: FollowOutcome
  /// The mark as the sink has it: what an error in the middle of a turn goes back to.
  var settled: ReadMark
  /// The SHA-256 of the document that this reader alone may read until the turn ends.
  var claim: [UInt8]?

  init(job: FollowJob) {
    self.job = job
    outcome = FollowOutcome(key: job.key, file: job.file)
    settled = job.file.mark
  }

  var mark: ReadMark {
    get { outcome.file.mark }
    set { outcome.file.mark = newValue }
  }

  /// What a file is that has nothing new.
  var restingState: FileState {
    mark.kind == .document || mark.isGzip ? .complete : .following
  }

  mutating func note(_ state: FileState, _ reason: String? = nil) {
    if outcome.file.state != state || outcome.file.reason != reason {
      outcome.file.isReported = false
    }
    outcome.file.state = state
    outcome.file.reason = reason
  }
}

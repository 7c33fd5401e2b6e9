import Glibc

/// How the program ends, for scripts.
enum ExitStatus: Int32 {
  /// Also when there are no rows, and when records were bad: stderr counts those.
  case done = 0
  /// A path that cannot be read, a rule that cannot run, a state that cannot be used.
  case failed = 1
  /// Options that make no sense, or a terminal that cannot show the dashboard.
  case wrongUse = 2
}

/// Ends the program.
func end(_ status: ExitStatus) -> Never { exit(status.rawValue) }

/// A reason to stop, in a sentence for the user.
struct Failure: Error {
  let sentence: String
  let status: ExitStatus

  init(_ sentence: String, status: ExitStatus = .failed) {
    self.sentence = sentence
    self.status = status
  }
}

/// Room outside memory for what is needed until a run ends: blocks of bytes, each taken back once.
///
/// Nothing of it outlives the process. Any number of threads may use it.
package protocol Scratch: AnyObject, Sendable {
  /// The directory whose disk it takes room on.
  var directory: String { get }

  /// Puts a block away and answers what to take it back by.
  func keep(_ block: [UInt8]) throws(ScratchProblem) -> Int64

  /// Takes a block back; its room may be used again.
  func take(_ block: Int64) throws(ScratchProblem) -> [UInt8]
}

/// Why what did not fit into memory could not be kept outside of it.
package enum ScratchProblem: Error, Equatable, Sendable {
  /// `directory` is the one that the file is in.
  case full(directory: String)
  case failed(directory: String, detail: String)
  /// What comes back is not what was put away.
  case damaged(directory: String)

  package var sentence: String {
    switch self {
    case .full(let directory):
      "no space is left in '\(directory)' for what does not fit into memory; make room there, name"
        + " another directory by TMPDIR, or let more stay in memory: --memory 1024"
    case .failed(let directory, let detail):
      "the temporary file in '\(directory)' failed: \(detail); name another directory by TMPDIR, or"
        + " let more stay in memory: --memory 1024"
    case .damaged(let directory):
      "the temporary file in '\(directory)' is damaged; its disk may be failing, name another"
        + " directory by TMPDIR"
    }
  }
}

internal import GRDB

/// What can be wrong with a state: facts, worded once, each with what mends it.
package enum StorageProblem: Error, Equatable, Sendable {
  /// The path is there and is no directory, or a file in it is no regular file.
  case wrongKind(path: String, found: String)
  case ownedByAnother(path: String, owner: UInt32)
  /// Group or others may write; `mode` as `chmod` prints it.
  case writableByOthers(path: String, mode: UInt32)
  /// A system call failed; `reason` is the system's own word for it.
  case system(path: String, action: String, reason: String)
  /// WAL needs shared memory, which network file systems do not have.
  case networkFileSystem(path: String, kind: String)
  /// A viewer was asked for where nothing has been stored yet.
  case noState(path: String)
  case otherRoots(path: String, found: [String], wanted: [String])
  /// Written by a newer watchfloor.
  case newer(path: String)
  /// Written by an older watchfloor, and opened where it cannot be brought up to date.
  case older(path: String)
  case damaged(path: String, detail: String)
  case notWAL(path: String, found: String)
  /// A commit into a state that another instance writes; 0 where its pid is not known.
  case readOnly(path: String, writer: Int32)
  case full(path: String)
  /// A read, write or sync failed; what followed on that connection cannot be relied on.
  case diskFailed(path: String, detail: String)
  /// A risk event whose row is neither stored nor in the same commit.
  case riskEventWithoutRow(id: String)
  /// Triage of a finding that was never seen here.
  case noFinding(id: String)
  /// A filter beyond what SQLite compares at once.
  case filterTooLong(bytes: Int, limit: Int)
  /// Nobody waits for the answer any more.
  case givenUp
  /// Drilldowns are searches: they run above the store.
  case notAnsweredHere
  /// Anything else that SQLite refused, in its words, never with log text.
  case refused(path: String, code: Int32, message: String)
}

extension StorageProblem: CustomStringConvertible {
  package var description: String { sentence }

  package var sentence: String {
    switch self {
    case .system(let path, let action, let reason):
      "cannot \(action) '\(path)': \(reason)"
    case .networkFileSystem(let path, let kind):
      "the state '\(path)' is on \(kind), where a database cannot be shared safely;"
        + " keep it on a local disk: --state DIR"
    case .noState(let path):
      "there is no state in '\(path)'; start watchfloor on a directory of logs first"
    case .otherRoots(let path, let found, let wanted):
      "the state '\(path)' belongs to \(quoted(found)), not to \(quoted(wanted));"
        + " name another: --state DIR"
    case .notWAL(let path, let found):
      "the database '\(path)' is in journal mode '\(found)', expected 'wal';"
        + " its disk may not allow shared memory: --state DIR"
    case .readOnly(let path, let writer):
      "the state '\(path)' is written by process \(writer == 0 ? "?" : String(writer));"
        + " this instance only reads it"
    case .riskEventWithoutRow(let id):
      "the risk event '\(id)' has no row"
    case .noFinding(let id):
      "there is no finding '\(id)' in this state"
    case .filterTooLong(let bytes, let limit):
      "a filter term has \(bytes) bytes, the limit is \(limit)"
    case .givenUp: "the question was given up"
    case .notAnsweredHere:
      "a drilldown is a search and is not asked of the store"
    default: fileSentence
    }
  }

  private var fileSentence: String {
    switch self {
    case .wrongKind(let path, let found):
      "'\(path)' is a \(found), which a state must not be; move it away, or use --state DIR"
    case .ownedByAnother(let path, let owner):
      "'\(path)' belongs to user \(owner), expected your own; use --state DIR"
    case .writableByOthers(let path, let mode):
      "'\(path)' has mode \(String(mode, radix: 8)), others may write it;"
        + " chmod go-w '\(path)' once you trust what is in it"
    case .newer(let path):
      "the database '\(path)' was written by a newer watchfloor; use that one, or another state:"
        + " --state DIR; that one's `watchfloor state export-triage FILE` takes what analysts said"
        + " over to it"
    case .older(let path):
      "the database '\(path)' was written by an older watchfloor;"
        + " start `watchfloor` on it once to bring it up to date"
    case .damaged(let path, let detail):
      "the database '\(path)' is damaged: \(detail); save what analysts said with"
        + " `watchfloor state export-triage FILE`, move the database away, and the logs are read"
        + " again from the start; `watchfloor state import-triage FILE` brings the rest back"
    case .full(let path):
      "no space is left for '\(path)'; make room, nothing that was committed is lost"
    case .diskFailed(let path, let detail):
      "the disk failed under '\(path)': \(detail);"
        + " start again once it works, reading goes on from the last commit"
    case .refused(let path, let code, let message):
      "the database '\(path)' refused: \(message) (SQLite \(code))"
    default: "the state is unusable"
    }
  }

  private func quoted(_ paths: [String]) -> String {
    paths.isEmpty ? "no path" : paths.map { "'\($0)'" }.joined(separator: ", ")
  }
}

extension StorageProblem {
  /// SQLite's error as a fact about the database of that path; problems stay what they are.
  init(_ error: any Error, path: String) {
    if let problem = error as? StorageProblem {
      self = problem
      return
    }
    guard let error = error as? DatabaseError else {
      self = .refused(path: path, code: 0, message: "\(error)")
      return
    }
    let message = error.message ?? "no further word"
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path: path, detail: message)
    case .SQLITE_INTERRUPT: self = .givenUp
    case .SQLITE_FULL: self = .full(path: path)
    case .SQLITE_IOERR: self = .diskFailed(path: path, detail: message)
    default:
      self = .refused(
        path: path, code: error.extendedResultCode.rawValue, message: message)
    }
  }
}

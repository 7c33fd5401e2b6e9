internal import GRDB
internal import Synchronization

/// The state of one set of log directories: what was found, how far was read, on disk.
///
/// One instance writes, any number view. Reads see a commit whole or not at all.
package final class Store: Sendable {
  /// What an instance may do with a state.
  package enum Access: Equatable, Sendable {
    case writer
    /// Reads only; `pid` of the instance that writes, 0 where that is none or not known.
    case viewer(pid: Int32)
  }

  /// What is asked for when opening.
  package enum Mode: Sendable {
    /// To write, or to view where another instance writes already.
    case writer
    /// To read what is there, creating nothing.
    case viewer
  }

  package let access: Access
  /// Sorted real paths of the directories and files that this state belongs to.
  package let roots: [String]
  /// The state directory.
  package var directory: String { place.path }

  let place: StateDirectory
  /// Replaced when the disk has failed under it.
  let connections: Mutex<DatabasePool>
  var pool: DatabasePool { connections.withLock { $0 } }
  /// `PRAGMA data_version` means something on one and the same connection only.
  let pulse: DatabaseQueue
  let terms = Mutex(TermCache())
  /// Texts of terms that groups were read with lately.
  ///
  /// Never waited for with another lock in hand but that of the writing connection.
  let names = Mutex<[Int64: String]>([:])
  static let mostNames = 20_000
  let lock: StateLock?

  init(
    place: StateDirectory, lock: StateLock?, access: Access, roots: [String],
    pool: sending DatabasePool, pulse: DatabaseQueue
  ) {
    self.place = place
    self.lock = lock
    self.access = access
    self.roots = roots
    connections = Mutex(pool)
    self.pulse = pulse
  }

  deinit {
    // The pool goes after this, its writing connection last: that one folds the log (-wal) into the
    // database and removes it, if no other connection is left. What cannot be closed here is
    // closed by the system with the process, and loses nothing.
    try? pulse.close()
    if place.isTemporary { place.remove() }
  }

  /// The pid of the instance that writes the state now, whoever did when it was opened; 0 where
  /// none does.
  package var writer: Int32 { StateLock.writer(place.lockFile) }

  /// Opens the state in a directory, creating it in writer mode; throws `StorageProblem`.
  ///
  /// `roots` are the paths that the state must belong to; nil takes it as it is.
  package static func open(
    directory: String, roots: [String]? = nil, mode: Mode = .writer
  ) throws -> Store {
    try Opening(place: StateDirectory(path: directory), roots: roots, mode: mode).store()
  }

  /// A state of its own that is removed with the last reference to it: samples, frames.
  package static func temporary(roots: [String] = []) throws -> Store {
    try Opening(place: .temporary(), roots: roots, mode: .writer).store()
  }

  /// A number that changes with each commit of any other connection, this instance's included.
  package func version() throws -> Int64 {
    try guarded {
      try pulse.inDatabase { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    }
  }

  /// Whether anything was committed since `version()` answered that number.
  package func hasChanged(since version: Int64) throws -> Bool {
    try self.version() != version
  }

  /// Runs `body`, turning SQLite's errors into facts about this state.
  func guarded<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch { throw StorageProblem(error, path: place.database) }
  }
}

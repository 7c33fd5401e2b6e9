internal import Workers

/// What one reader of a scan has done and not yet told the others: told now and then, so that small
/// files do not wait for each other.
final class ReadAccount {
  /// Bytes after which a reader tells, for the progress line.
  private static let mostUntold: Int64 = 8 << 20

  private let board: Shared<Board>
  private var done = ReadOnce.Progress()
  private var badUnits: Int64 = 0
  private var files = 0
  private var bytesRead: Int64 = 0
  private var unreadable: [ReadOnce.Unreadable] = []

  init(_ board: Shared<Board>) { self.board = board }

  func add(bytes: Int64, records: Int64, badUnits: Int64) {
    done.bytesDone += bytes
    done.records += records
    bytesRead += bytes
    self.badUnits += badUnits
    if bytesRead >= Self.mostUntold { settle() }
  }

  /// The last part of a file was read.
  func addFile() {
    done.filesDone += 1
    files += 1
  }

  /// A part could not be read from somewhere on: so many of its bytes are left out.
  func addUnreadable(_ path: String, reason: String, bytesLeft: Int64, endsFile: Bool) {
    done.bytesDone += bytesLeft
    done.filesDone += endsFile ? 1 : 0
    unreadable.append(ReadOnce.Unreadable(path: path, reason: reason))
  }

  /// Tells the others.
  func settle() {
    board.withLock { board in
      board.progress.bytesDone += done.bytesDone
      board.progress.filesDone += done.filesDone
      board.progress.records += done.records
      board.summary.bytes += bytesRead
      board.summary.records += done.records
      board.summary.badUnits += badUnits
      board.summary.files += files
      board.summary.unreadable += unreadable
    }
    done = ReadOnce.Progress()
    badUnits = 0
    files = 0
    bytesRead = 0
    unreadable = []
  }
}

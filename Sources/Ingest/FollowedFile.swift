/// What the follower knows of a file; handed to a reader and back, never shared.
struct FollowedFile: Sendable {
  var path: FilePath
  var mark: ReadMark
  /// Other marks that may speak of it: of earlier paths, or of what its path held before.
  var otherMarks: [ReadMark] = []
  var state = FileState.following
  var reason: String?
  /// Whether another file has the path now: this one was moved out of sight, and is only drained.
  var hasLostName = false
  /// Held open for lines, so that a file that is moved away or deleted can be read to its end.
  var file: (any OpenFile)?
  /// As they were when the file was last read.
  var facts: FileFacts?
  /// Whether the sink has been told the state and path as they are now.
  var isReported = false

  init(path: FilePath, mark: ReadMark) {
    self.path = path
    self.mark = mark
  }

  /// Whether a file with these facts may have something new to read.
  func mayDiffer(from facts: FileFacts) -> Bool {
    guard let known = self.facts else { return true }
    return known.size != facts.size || known.modified != facts.modified || known.id != facts.id
  }

  /// The path that its checkpoints go by: not that of the file that has taken its name.
  var shownPath: String {
    hasLostName ? Self.pathOfMoved(mark.id, from: path.shown) : path.shown
  }

  /// What checkpoints of a file go by whose path another one has taken.
  static func pathOfMoved(_ id: FileID, from path: String) -> String {
    path + " (moved away, inode \(id.inode))"
  }

  func progress(size: Int64) -> FileProgress {
    var progress = FileProgress(
      path: shownPath, state: state, reason: reason, offset: mark.offset, size: size,
      records: mark.records, checkpoint: mark.encoded)
    progress.describe(mark)
    return progress
  }

  func status(size: Int64) -> FollowedFileStatus {
    FollowedFileStatus(
      path: shownPath, state: state, reason: reason, offset: mark.offset, size: size,
      records: mark.records)
  }
}

/// What a reader is asked to do.
enum ReaderTask: Sendable {
  case read(FollowJob)
  /// To tell its sink that these files, by path, are not there any more.
  case sayGone([String: ReadMark])
}

/// One turn at a file.
struct FollowJob: Sendable {
  var key: FileID
  var file: FollowedFile
  /// Nobody is writing to it any more, as far as can be told: a document may be taken, and a
  /// whole value behind the last line feed.
  var isStable = false
  /// What is behind the last line feed may be taken, when it is whole.
  var takesTail = false
  /// A path that the file has left.
  var formerPath: String?
  /// Whether another file has that path now, and its checkpoints with it.
  var isFormerPathTaken = false
  /// The marks that the sink may still have at this file's path, of files that were there before,
  /// by the paths that they are to have.
  var displaced: [String: ReadMark] = [:]
  /// The file has lost its name: what is open is read to its end, then it is gone.
  var isGone = false
}

/// What a turn came to.
struct FollowOutcome: Sendable {
  enum Next: Sendable {
    /// Nothing to do until the file changes.
    case wait
    /// A document: to be read when it is stable.
    case whenStable
    /// Bytes without line feed: to be taken when nothing follows them for a while.
    case whenIdle
    /// Another file has the path now: a scan sorts it out.
    case scan
    /// Stopped in the middle.
    case again
    /// No descriptors left: when some are free.
    case whenDescriptorsAreFree
  }

  var key: FileID
  var file: FollowedFile
  var next = Next.wait
  var bytes: Int64 = 0
  var records: Int64 = 0
  var badUnits: Int64 = 0
}

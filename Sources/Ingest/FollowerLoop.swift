internal import Glibc
internal import Workers

/// The follower's own thread: knows every file, decides who reads what and when.
final class FollowerLoop {
  let options: Follower.Options
  let files: any FileSystem
  let clock: any MonotonicClock
  let notices: Notices?
  /// What is passed over, by number, since there are many ways to spell a path.
  var excluded: Set<FileID> = []
  /// Directories that jobs write rows to.
  var rowDirectories = RowDirectories()
  let roots: [FilePath]
  var entries: [FileID: FollowedEntry] = [:]
  var paths: [FilePath: FileID] = [:]
  /// Marks of files that are not there, by path: from earlier runs, or gone in this one.
  var marks: MarkShelf
  var held: HeldFiles
  /// Entries with something to do at a time of their own.
  var timers: [FileID: ContinuousClock.Instant] = [:]
  var meter: FollowerMeter
  var scans: ScanSchedule
  var troubles: [FileTree.Trouble] = []
  /// Files of earlier runs that are not there any more, which a sink has to be told.
  var gone: [String: ReadMark] = [:]

  /// The files whose marks the sink may still have at a path that they have left.
  var displaced: [FilePath: Set<FileID>] = [:]
  /// The paths that a file which is with a reader may have checkpoints at.
  var pathsOut: [FileID: Set<FilePath>] = [:]
  /// Files that are read when one is back that had their path.
  var waiting: [FileID: Set<FileID>] = [:]

  /// Whether notices were lost and no scan has been done since.
  var lostNotices = false
  /// Whether the last attempt to open a file or to list a directory found no descriptor free.
  var isOutOfDescriptors = false

  private var queue = WorkQueue()
  private let readers: Int
  private let tasks: Channel<ReaderTask>
  private let messages: Mailbox<FollowerMessage>
  private let board: Shared<FollowerBoard>
  private var tasksOut = 0
  private var tickets: [Int] = []
  private var isStopping = false

  init(
    _ options: Follower.Options, platform: Platform, readers: Int, tasks: Channel<ReaderTask>,
    messages: Mailbox<FollowerMessage>, board: Shared<FollowerBoard>
  ) {
    self.options = options
    files = platform.files
    clock = platform.clock
    meter = FollowerMeter(now: platform.clock.now)
    scans = ScanSchedule(now: platform.clock.now)
    self.readers = readers
    self.tasks = tasks
    self.messages = messages
    self.board = board
    roots = options.roots.map(FilePath.init)
    marks = MarkShelf(options.checkpoints.compactMapValues(ReadMark.init(encoded:)))
    notices = options.poll ? nil : Notices(platform.files)
    held = HeldFiles(descriptorLimit: platform.files.descriptorLimit)
    scans.tellsChanges = roots.allSatisfy(platform.files.tellsChanges)
  }

  /// Runs until told to stop.
  func run() {
    while !isDone {
      act()
      wait()
      listen()
    }
    tasks.close()
    board.withLock { $0.isStopped = true }
  }

  private var isDone: Bool { isStopping && tasksOut == 0 }

  /// Does everything that can be done by now, and waits for nothing.
  func act() {
    let now = clock.now
    if !isStopping {
      for notice in notices?.drain() ?? [] { take(notice, now: now) }
      if scans.isDue(at: now) { scan() }
      fire(now)
      dispatch()
    }
    publish(now)
  }

  /// Takes what readers and callers have to tell.
  func listen() {
    for message in messages.drain() { take(message) }
  }

  /// When the next thing is due that no message or notice announces.
  var nextDue: ContinuousClock.Instant {
    timers.values.min().map { min($0, scans.due) } ?? scans.due
  }

  private func take(_ message: FollowerMessage) {
    switch message {
    case .outcome(let outcome):
      tasksOut -= 1
      take(outcome, now: clock.now)
    case .saidGone: tasksOut -= 1
    case .rescan(let ticket):
      scans.due = clock.now
      if ticket > 0 { tickets.append(ticket) }
    case .list(let answer):
      let list = entries.values.map { $0.file.status(size: $0.facts.size) } + troubleStatus
      answer.withLock { $0 = list.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) } }
    case .stop:
      isStopping = true
      queue = WorkQueue()
      timers = [:]
    }
  }

  /// Sleeps until a notice, a message or the next thing that is due.
  private func wait() {
    var limit = isStopping ? .seconds(60) : nextDue - clock.now
    if meter.isUnpublished { limit = min(limit, FollowerMeter.interval) }
    var requests = [pollfd(fd: messages.descriptor, events: Int16(POLLIN), revents: 0)]
    if let notices, notices.descriptor >= 0, !isStopping {
      requests.append(pollfd(fd: notices.descriptor, events: Int16(POLLIN), revents: 0))
    }
    poll(&requests, nfds_t(requests.count), max(limit, .zero).pollMilliseconds)
  }

  /// Hands files to the readers, as many as they can hold.
  private func dispatch() {
    if !gone.isEmpty, tasksOut < 2 * readers {
      tasksOut += 1
      // Another file may have the path by now.
      tasks.push(.sayGone(gone.filter { paths[FilePath($0.key)] == nil }))
      gone = [:]
    }
    while tasksOut < 2 * readers, let key = queue.take() {
      guard var entry = entries[key], entry.isQueued else { continue }
      entry.isQueued = false
      if let other = predecessorOut(at: entry.file.path, of: key) {
        // What it has read is yet to be settled, at this path.
        waiting[other, default: []].insert(key)
        entries[key] = entry
        continue
      }
      entry.isOut = true
      entry.isDirty = false
      entry.wasMetMeanwhile = false
      entries[key] = entry
      tasksOut += 1
      var job = entry.job(key)
      job.displaced = takeDisplaced(from: entry.file.path, by: key)
      job.formerPath = entry.formerPath
      job.isFormerPathTaken = entry.formerPath.map { isTaken(FilePath($0), from: key) } ?? false
      entries[key]?.formerPath = nil
      pathsOut[key] = [job.file.path]
      if let former = job.formerPath { pathsOut[key]?.insert(FilePath(former)) }
      tasks.push(.read(job))
    }
  }

  /// A file with a reader that had this path before, or may still have a checkpoint made there.
  private func predecessorOut(at path: FilePath, of key: FileID) -> FileID? {
    if let other = displaced[path]?.filter({ $0 != key && entries[$0]?.isOut == true }).min() {
      return other
    }
    return pathsOut.filter { $0.value.contains(path) }.keys.min()
  }

  /// The marks that would be lost if the process were killed when the new file at their path has a
  /// checkpoint there, and their own files none elsewhere, by the paths that they are to have.
  private func takeDisplaced(from path: FilePath, by key: FileID) -> [String: ReadMark] {
    var marks: [String: ReadMark] = [:]
    for other in (displaced.removeValue(forKey: path) ?? []).sorted() where other != key {
      let newPath = FollowedFile.pathOfMoved(other, from: path.shown)
      marks[newPath] = takeDisplaced(other, from: path, to: newPath)
    }
    return marks
  }

  private func takeDisplaced(
    _ other: FileID, from path: FilePath, to newPath: String
  ) -> ReadMark? {
    guard let entry = entries[other] else {
      return marks.move(other, from: path.shown, to: newPath)
    }
    guard !entry.file.isReported, entry.file.mark.offset > 0, entry.file.mark.id == other else {
      return nil
    }
    if !entry.file.hasLostName { entries[other]?.formerPath = newPath }
    return entry.file.mark
  }

  /// Whether the sink has, or may have, the mark of another file at a path that this one has left.
  private func isTaken(_ path: FilePath, from key: FileID) -> Bool {
    if paths[path] != nil { return true }
    return displaced[path]?.contains { $0 != key && mayHaveMarkElsewhere($0) } ?? false
  }

  /// Whether the sink may have a file's mark at a path that it has left, and at no other.
  private func mayHaveMarkElsewhere(_ key: FileID) -> Bool {
    guard let entry = entries[key] else { return marks.holds(key) }
    return (entry.isOut || !entry.file.isReported) && entry.file.mark.offset > 0
  }

  /// Forgets displaced files that the sink knows where they are now, or not at all any more.
  func pruneDisplaced() {
    displaced = displaced.compactMapValues { others in
      let left = others.filter { entries[$0]?.isOut == true || mayHaveMarkElsewhere($0) }
      return left.isEmpty ? nil : left
    }
  }

  /// Puts a file in the queue, or notes that it is to come again when it is back.
  func enqueue(_ key: FileID) {
    guard var entry = entries[key] else { return }
    if entry.isOut {
      entry.isDirty = true
    } else if !entry.isQueued {
      entry.isQueued = true
      queue.add(key)
    }
    entries[key] = entry
  }

  private var isIdle: Bool { scans.count > 0 && queue.isEmpty && tasksOut == 0 && timers.isEmpty }

  /// Whether the last scan had no descriptors left to list a directory: it is done again soon.
  private var isListShort: Bool { troubles.contains { $0.problem.isShortageOfDescriptors } }

  private func publish(_ now: ContinuousClock.Instant) {
    let isIdle = isIdle
    // What could not be listed for want of descriptors is not known yet.
    let settled = isIdle && scans.due > now && !isListShort ? tickets.max() : nil
    guard meter.isDue(at: now, isIdle: isIdle) || settled != nil else { return }
    var status = meter.status(now, isIdle: isIdle)
    status.isIdle = isIdle
    status.scans = scans.count
    status.isNotified = notices?.isComplete == true && scans.tellsChanges
    status.notes = notes
    for entry in entries.values {
      status.filesByState[entry.file.state, default: 0] += 1
      status.bytesBehind += max(0, entry.facts.size - entry.file.mark.offset)
    }
    if !troubles.isEmpty { status.filesByState[.unreadable, default: 0] += troubles.count }
    if settled != nil { tickets = [] }
    board.withLock { board in
      board.status = status
      board.ticketSettled = max(board.ticketSettled, settled ?? 0)
    }
  }

  private var notes: [String] {
    var notes: [String] = []
    if let notices, !notices.isComplete {
      notes.append("the system has no watches left: changes are found by scanning")
    }
    if lostNotices { notes.append("notices of changes were lost: looking at every file again") }
    if isOutOfDescriptors { notes.append("no file descriptors are left: reading waits for some") }
    return notes
  }

  private var troubleStatus: [FollowedFileStatus] {
    troubles.map {
      FollowedFileStatus(
        path: $0.path.shown, state: .unreadable, reason: $0.problem.sentence, offset: 0, size: 0,
        records: 0)
    }
  }
}

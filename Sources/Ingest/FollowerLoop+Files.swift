internal import Glibc
internal import Workers

extension FollowerLoop {
  /// How long a document has to look the same before it is read.
  private static let stability = Duration.milliseconds(100)

  /// Lists all roots and compares with the books.
  func scan() {
    let start = clock.now
    lostNotices = false
    notices?.retry()
    excluded = Set(
      options.excluded.compactMap { path in
        // What is not there needs no exclusion.
        (try? files.facts(of: FilePath(path), followingLinks: true))?.id
      })
    var tree = FileTree(files, excluded: excluded, rowDirectories: rowDirectories) {
      [notices] in notices?.watch($0)
    }
    for root in roots { tree.add(root: root) }
    rowDirectories = tree.rowDirectories
    watchParents()
    var met: Set<FileID> = []
    for found in tree.files {
      met.insert(found.facts.id)
      meet(found, now: start)
    }
    troubles = tree.troubles
    isOutOfDescriptors = troubles.contains { $0.problem.isShortageOfDescriptors }
    if isOutOfDescriptors { releaseDescriptors(down: 0) }
    miss(except: met)
    pruneDisplaced()
    let now = clock.now
    scans.done(in: now - start, isNotified: notices?.isComplete == true, now: now)
    let isMissing = entries.values.contains { $0.missed == 1 }
    if isOutOfDescriptors || isMissing { scans.soon(.seconds(1), now: now) }
    meter.noteChange()
  }

  /// Roots that are files are watched by their directory, where a new file may take their name.
  private func watchParents() {
    for root in roots {
      // A root that is not there now has no file to watch over; scans look for it again.
      guard let facts = try? files.facts(of: root, followingLinks: true), facts.isFile else {
        continue  // a directory, watched by the walk; or not there, found by a scan
      }
      notices?.watch(root.parent)
    }
  }

  /// A file is there: a new one, one that changed, or one under a new name.
  private func meet(_ found: FileTree.Found, now: ContinuousClock.Instant) {
    let key = found.facts.id
    guard var entry = entries[key] else { return begin(found, now: now) }
    entry.missed = 0
    entry.wasMetMeanwhile = entry.isOut
    let isMoved = entry.file.path != found.path
    if isMoved {
      entry.formerPath = entry.file.shownPath
      if !entry.file.hasLostName { displaced[entry.file.path, default: []].insert(key) }
      if paths[entry.file.path] == key { paths[entry.file.path] = nil }
      entry.file.path = found.path
      entry.file.hasLostName = false
      entry.file.isReported = false
    }
    let isChanged = entry.facts != found.facts
    entry.facts = found.facts
    if isChanged {
      entry.isStable = false
      entry.isFinished = false
    }
    entries[key] = entry
    claim(found.path, for: key)
    guard isChanged || isMoved || (!entry.isOut && entry.file.mayDiffer(from: found.facts)) else {
      return
    }
    if entry.timer == nil || isMoved || isChanged { enqueue(key) }
  }

  /// Notes whose path it is; another file that had it has none now.
  private func claim(_ path: FilePath, for key: FileID) {
    if let other = paths[path], other != key, entries[other]?.file.path == path {
      entries[other]?.file.hasLostName = true
      entries[other]?.file.isReported = false
      displaced[path, default: []].insert(other)
    }
    paths[path] = key
  }

  private func begin(_ found: FileTree.Found, now: ContinuousClock.Instant) {
    let key = found.facts.id
    let known = marks.take(path: found.path.shown, id: key)
    var mark = known?.marks.first ?? ReadMark(id: key)
    mark.isGone = false
    var entry = FollowedEntry(
      file: FollowedFile(path: found.path, mark: mark), facts: found.facts)
    entry.file.otherMarks = Array(known?.marks.dropFirst() ?? [])
    entry.formerPath = known?.formerPath
    if let former = known?.formerPath { displaced[FilePath(former), default: []].insert(key) }
    if let other = known?.displaced { displaced[found.path, default: []].insert(other) }
    entries[key] = entry
    claim(found.path, for: key)
    if found.path.name.suffix(3).elementsEqual(".gz".utf8), mark.offset == 0 {
      start(.stability(found.facts), of: key, after: Self.stability, now: now)
    } else {
      enqueue(key)
    }
  }

  /// Files that a whole scan did not meet: read to the end where they are open, then let go.
  private func miss(except met: Set<FileID>) {
    // What could not be listed may hold what was not met; what is not there holds nothing.
    let hidden = troubles.filter {
      if case .system(let number) = $0.problem { number != ENOENT } else { false }
    }
    func isHidden(_ path: FilePath) -> Bool { hidden.contains { path.isWithin($0.path) } }
    if scans.count == 0 {
      // Gone between an earlier run and this one.
      gone = marks.all.filter { !$0.value.isGone && !isHidden(FilePath($0.key)) }
    }
    for key in entries.keys.filter({ !met.contains($0) }).sorted() {
      guard var entry = entries[key], !isHidden(entry.file.path) else { continue }
      entry.missed += entry.file.file == nil ? 2 : 1
      entry.file.isReported = entry.file.isReported && !entry.isGone
      entries[key] = entry
      stopTimer(of: key)
      enqueue(key)
    }
  }

  /// Something was told of a path.
  func take(_ notice: Notices.Notice, now: ContinuousClock.Instant) {
    switch notice {
    case .changed(let path): look(at: path, isFinished: false, now: now)
    case .finished(let path): look(at: path, isFinished: true, now: now)
    case .directory(let path) where !isFollowed(path): break
    case .directory(let path):
      var tree = FileTree(files, excluded: excluded, rowDirectories: rowDirectories) {
        [notices] in notices?.watch($0)
      }
      tree.add(root: path, depth: 1)
      rowDirectories = tree.rowDirectories
      for found in tree.files { meet(found, now: now) }
    case .unclear: scans.soon(.milliseconds(50), now: now)
    case .lost:
      lostNotices = true
      scans.soon(.zero, now: now)
    }
  }

  private func look(at path: FilePath, isFinished: Bool, now: ContinuousClock.Instant) {
    // Gone or unreadable since it was told of: the next scan says which.
    guard isFollowed(path), let facts = try? files.facts(of: path, followingLinks: false) else {
      return  // gone again, or another file beside a root
    }
    guard !excluded.contains(facts.id), !rowDirectories.keepAside(path) else { return }
    guard facts.isFile else {
      if facts.isLink { scans.soon(.milliseconds(50), now: now) }
      return
    }
    // A second name of a known file is settled by a scan, which knows both; a known name that
    // cannot be looked at is no second name.
    if let known = entries[facts.id], known.file.path != path, known.missed == 0,
      (try? files.facts(of: known.file.path, followingLinks: false))?.id == facts.id
    {
      return
    }
    rowDirectories.look(at: path.directory, [Array(path.name)], files)
    meet(FileTree.Found(path: path, facts: facts), now: now)
    guard var entry = entries[facts.id] else { return }
    entry.isFinished = isFinished
    entries[facts.id] = entry
    guard isFinished, entry.isOut || entry.isWaitingForWriter else { return }
    stopTimer(of: facts.id)
    enqueue(facts.id)
  }

  private func isFollowed(_ path: FilePath) -> Bool {
    roots.contains(where: path.isWithin)
  }

  /// A reader has brought a file back.
  func take(_ outcome: FollowOutcome, now: ContinuousClock.Instant) {
    meter.add(outcome)
    pathsOut[outcome.key] = nil
    defer { for key in waiting.removeValue(forKey: outcome.key) ?? [] { enqueue(key) } }
    guard var entry = entries[outcome.key] else { return }
    stopTimer(of: outcome.key)
    entry.timer = nil
    let isMoved = entry.file.path != outcome.file.path
    let (path, hasLostName) = (entry.file.path, entry.file.hasLostName)
    entry.file = outcome.file
    entry.file.path = path
    entry.file.hasLostName = hasLostName
    if isMoved || hasLostName != outcome.file.hasLostName { entry.file.isReported = false }
    entry.isOut = false
    if let facts = outcome.file.facts, !entry.isDirty { entry.facts = facts }
    let again = entry.isDirty || isMoved || (entry.wasMetMeanwhile && outcome.file.facts == nil)
    if outcome.file.file != nil { isOutOfDescriptors = false }
    hold(outcome.key, entry.file.file)
    entry.isStable = false
    entry.takesTail = false
    entries[outcome.key] = entry
    if outcome.file.state == .gone {
      forget(outcome.key)
      // A new file has its number, and was met meanwhile.
      if entry.missed == 0 { scans.soon(.zero, now: now) }
      return
    }
    switch outcome.next {
    case .whenStable where !again:
      start(.stability(entry.facts), of: outcome.key, after: Self.stability, now: now)
    case .whenIdle where !again:
      start(.tail(entry.facts), of: outcome.key, after: options.tailPatience, now: now)
    case .scan: scans.soon(.zero, now: now)
    case .again: enqueue(outcome.key)
    case .whenDescriptorsAreFree:
      isOutOfDescriptors = true
      releaseDescriptors(down: 0)
      start(.retry, of: outcome.key, after: .seconds(1), now: now)
    default: break
    }
    if again { enqueue(outcome.key) }
  }

  private func forget(_ key: FileID) {
    guard let entry = entries.removeValue(forKey: key) else { return }
    stopTimer(of: key)
    held.remove(key)
    if paths[entry.file.path] == key { paths[entry.file.path] = nil }
    // It may have been moved away for a moment only.
    marks.put(entry.file.mark, path: entry.file.shownPath)
  }

  private func start(
    _ timer: FollowedEntry.Timer, of key: FileID, after delay: Duration,
    now: ContinuousClock.Instant
  ) {
    entries[key]?.timer = timer
    timers[key] = now + delay
  }

  private func stopTimer(of key: FileID) {
    entries[key]?.timer = nil
    timers[key] = nil
  }

  /// Deals with the timers that are due.
  func fire(_ now: ContinuousClock.Instant) {
    for key in timers.filter({ $0.value <= now }).keys.sorted() {
      guard var entry = entries[key], let timer = entry.timer else { continue }
      stopTimer(of: key)
      entry.timer = nil
      // Gone meanwhile: the next scan will see that.
      let seen = try? files.facts(of: entry.file.path, followingLinks: true)
      if let seen, seen.id == key { entry.facts = seen }
      let facts = entry.facts
      switch timer {
      case .stability(let before) where before != facts:
        entries[key] = entry
        start(.stability(facts), of: key, after: Self.stability, now: now)
        continue
      case .stability: entry.isStable = true
      case .retry: break
      case .tail(let before): entry.takesTail = before == facts
      }
      entries[key] = entry
      enqueue(key)
    }
  }

  /// Notes a file that came back open, and closes others when there are too many.
  private func hold(_ key: FileID, _ file: (any OpenFile)?) {
    guard file != nil else { return held.remove(key) }
    held.use(key)
    if held.count > held.limit { releaseDescriptors(down: held.limit * 3 / 4) }
  }

  /// Closes held files down to a number; their next turn opens them again.
  private func releaseDescriptors(down count: Int) {
    for key in held.surplus(over: count) where entries[key]?.isOut != true {
      entries[key]?.file.file = nil
      held.remove(key)
    }
  }
}

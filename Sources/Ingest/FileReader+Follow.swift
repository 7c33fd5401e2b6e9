internal import Compression
internal import Glibc
internal import Workers

extension FileReader {
  /// Does what it is asked to, and says what came of it.
  func perform(_ task: ReaderTask, stop: StopFlag) -> FollowerMessage {
    switch task {
    case .read(let job): return .outcome(follow(job, stop: stop))
    case .sayGone(let marks):
      sayGone(marks)
      return .saidGone
    }
  }

  /// Reads what is new in a followed file.
  private func follow(_ job: FollowJob, stop: StopFlag) -> FollowOutcome {
    var turn = FollowTurn(job: job)
    output.begin(job.file.path.shown)
    sayGone(job.displaced)
    defer { if let content = turn.claim { known.release(content) } }
    do throws(IngestProblem) {
      try advance(&turn, stop: stop)
      if job.isGone {
        turn.outcome.file.state = .gone
        turn.mark.isGone = true
        turn.outcome.file.isReported = false
      }
    } catch let problem where problem.isShortageOfDescriptors {
      output.discard()
      turn.mark = turn.settled
      turn.outcome.next = .whenDescriptorsAreFree
      return turn.outcome
    } catch {
      output.discard()
      turn.mark = turn.settled
      turn.outcome.file.file = nil
      // What the system refused once it may grant the next time; bad content stays bad.
      if case .system = error { turn.outcome.file.facts = nil }
      turn.note(job.isGone ? .gone : Self.state(after: error), error.sentence)
    }
    if !turn.outcome.file.isReported { checkpoint(&turn, size: turn.outcome.file.facts?.size ?? 0) }
    if let path = job.formerPath { sayLeft(path, turn) }
    return turn.outcome
  }

  /// Tells the sink of a path that its file has left: the mark lives on at the new one, unless
  /// this file only has the number of the one that it was made from, as far as is known.
  private func sayLeft(_ path: String, _ turn: FollowTurn) {
    let mark = turn.job.file.mark
    let isSame = turn.outcome.file.facts != nil && turn.mark.generation == mark.generation
    guard isSame || mark.offset == 0 else {
      let free = FollowedFile.pathOfMoved(mark.id, from: path)
      return sayGone([turn.job.isFormerPathTaken ? free : path: mark])
    }
    if turn.job.isFormerPathTaken { return }
    output.checkpoint(
      FileProgress(
        path: path, state: .gone, reason: nil, offset: 0, size: 0, records: 0, checkpoint: []))
  }

  /// Tells the sink of files that are not there any more.
  private func sayGone(_ marks: [String: ReadMark]) {
    for (path, mark) in marks.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      var mark = mark
      mark.isGone = true
      var progress = FileProgress(
        path: path, state: .gone, reason: nil, offset: mark.offset, size: mark.offset,
        records: mark.records, checkpoint: mark.encoded)
      progress.describe(mark)
      output.checkpoint(progress)
    }
  }

  /// A gzip that ends too early is one that is still being written.
  private static func state(after problem: IngestProblem) -> FileState {
    switch problem {
    case .compression(.cutOff), .shrank: .incomplete
    default: .unreadable
    }
  }

  /// The file as it is held, or by its path; nil where it is gone and was not held.
  private func open(_ turn: FollowTurn) throws(IngestProblem) -> (any OpenFile)? {
    if let held = turn.outcome.file.file { return held }
    return turn.job.isGone ? nil : try files.open(turn.outcome.file.path)
  }

  private func advance(_ turn: inout FollowTurn, stop: StopFlag) throws(IngestProblem) {
    guard let file = try open(turn) else { return }
    let facts = try file.facts()
    guard facts.id == turn.job.key else {
      turn.outcome.file.file = nil
      turn.outcome.next = .scan
      return
    }
    turn.outcome.file.facts = facts
    try recognise(&turn, file: file, facts: facts)
    if try isGzip(file) {
      try advanceGzip(&turn, file: file, facts: facts, stop: stop)
      turn.outcome.file.file = nil
      return
    }
    guard turn.mark.offset < facts.size else {
      turn.outcome.file.file = turn.mark.kind == .lines ? file : nil
      return turn.note(turn.restingState)
    }
    if turn.mark.kind != .lines { turn.mark.kind = try kind(of: file, at: turn.mark.offset) }
    if turn.mark.kind == .document {
      try advanceDocument(&turn, file: file, facts: facts)
      turn.outcome.file.file = nil
    } else {
      try advanceLines(&turn, file: file, facts: facts, stop: stop)
      turn.outcome.file.file = file
    }
  }

  /// Begins afresh where the file is no longer the one that the mark speaks of.
  private func recognise(
    _ turn: inout FollowTurn, file: any OpenFile, facts: FileFacts
  )
    throws(IngestProblem)
  {
    let marks = [turn.mark] + turn.outcome.file.otherMarks
    var furthest: ReadMark?
    for mark in marks where mark.offset > furthest?.offset ?? -1 {
      if try mark.isStillTrue(of: file, facts: facts) { furthest = mark }
    }
    turn.outcome.file.otherMarks = []
    let isLatest = marks.allSatisfy { !(furthest?.isBehind($0) ?? true) }
    if let furthest { turn.mark = furthest } else { turn.mark = ReadMark(id: facts.id) }
    turn.mark.id = facts.id
    turn.mark.isGone = false
    guard !isLatest else { return try recogniseCopy(&turn, file: file, facts: facts) }
    turn.mark.generation = (marks.map(\.generation).max() ?? 0) + 1
    turn.outcome.file.isReported = false
  }

  /// Goes on where a log was left that this file is a copy of.
  private func recogniseCopy(
    _ turn: inout FollowTurn, file: any OpenFile, facts: FileFacts
  ) throws(IngestProblem) {
    guard turn.mark.offset == 0, facts.size > 0, turn.mark.kind == .undecided else { return }
    for prefix in known.prefixes(ofCopy: turn.outcome.file.path)
    where try turn.mark.adopt(prefix, of: file, size: facts.size) {
      turn.outcome.file.isReported = false
      return
    }
  }

  /// Whether a document's content is still to be read: settled where it was read before, under
  /// this name or another, and put off while another reader has a copy of it.
  private func isUnread(
    _ turn: inout FollowTurn, file: any OpenFile, facts: FileFacts
  ) throws(IngestProblem) -> Bool {
    guard turn.mark.offset == 0 else { return true }
    turn.mark.content = try content(of: file)
    switch known.claim(turn.mark.content) {
    case .granted:
      turn.claim = turn.mark.content
      return true
    case .known(let path):
      let isElsewhere = path != turn.outcome.file.shownPath
      try complete(
        &turn, file: file, facts: facts,
        reason: isElsewhere ? "the same content as '\(path)'" : nil)
      return false
    case .beingRead where turn.job.isGone:
      return true  // now or never; its records are known by eventID
    case .beingRead:
      turn.mark = turn.settled
      turn.outcome.next = .whenStable
      return false
    }
  }

  private func advanceGzip(
    _ turn: inout FollowTurn, file: any OpenFile, facts: FileFacts, stop: StopFlag
  ) throws(IngestProblem) {
    if !turn.mark.isGzip && turn.mark.offset > 0 {
      // Its first byte alone did not look like gzip.
      let generation = turn.mark.generation + 1
      turn.mark = ReadMark(id: facts.id)
      turn.mark.generation = generation
    }
    guard turn.mark.offset == 0 else { return turn.note(.complete) }
    guard turn.job.isStable || turn.job.isGone else {
      turn.outcome.next = .whenStable
      return
    }
    turn.mark.isGzip = true
    guard try isUnread(&turn, file: file, facts: facts) else { return }
    let ending = try frameGzip(file, size: facts.size) { !stop.isRaised }
    if stop.isRaised {
      output.discard()
      turn.outcome.next = .again
      return
    }
    // A whole gzip gets no longer: what is cut off in its text stays so.
    if case .cutOff(let offset) = ending { output.bad(.cutOff, at: offset) }
    try complete(&turn, file: file, facts: facts)
  }

  private func advanceDocument(
    _ turn: inout FollowTurn, file: any OpenFile, facts: FileFacts
  )
    throws(IngestProblem)
  {
    guard turn.job.isStable || turn.job.isGone else {
      turn.outcome.next = .whenStable
      return
    }
    guard try isUnread(&turn, file: file, facts: facts) else { return }
    switch try frameDocument(file, at: turn.mark.offset) {
    case .whole: try complete(&turn, file: file, facts: facts)
    case .cutOff:
      output.discard()
      turn.mark.content = []
      turn.note(.incomplete, "the document is not closed yet")
    }
  }

  /// Settles a document, unless someone wrote to it while it was read.
  private func complete(
    _ turn: inout FollowTurn, file: any OpenFile, facts: FileFacts, reason: String? = nil
  ) throws(IngestProblem) {
    let now = try file.facts()
    guard now == facts else {
      output.discard()
      turn.mark.isGzip = false
      turn.mark.content = []
      turn.outcome.next = .whenStable
      return
    }
    turn.outcome.bytes += facts.size - turn.mark.offset
    turn.mark.size = facts.size
    turn.mark.modified = facts.modified
    try turn.mark.advance(to: facts.size, of: file)
    turn.note(.complete, reason)
    checkpoint(&turn, size: facts.size)
  }

  private func advanceLines(
    _ turn: inout FollowTurn, file: any OpenFile, facts: FileFacts, stop: StopFlag
  ) throws(IngestProblem) {
    turn.note(.following)
    let isLastTry = turn.job.takesTail || turn.job.isGone
    // A writer that closes behind a whole value has said all it had to say, line feed or not.
    let takesTail = isLastTry || turn.job.isStable
    var problem: IngestProblem?
    let end = try frameLines(
      file, at: turn.mark.offset, place: turn.mark.place, tail: takesTail ? .takeIfWhole : .leave
    ) { offset, place in
      do throws(IngestProblem) {
        try settle(&turn, file: file, upTo: offset, place: place)
      } catch { problem = error }
      return problem == nil && !stop.isRaised && turn.mark.offset == offset
    }
    if let problem { throw problem }
    if turn.mark.offset != end.offset {
      turn.outcome.next = .again
      return
    }
    turn.outcome.next = stop.isRaised ? .again : end.hasTail && !isLastTry ? .whenIdle : .wait
  }

  private func settle(
    _ turn: inout FollowTurn, file: any OpenFile, upTo offset: Int64, place: LinePlace
  ) throws(IngestProblem) {
    turn.outcome.bytes += offset - turn.mark.offset
    let before = turn.mark
    turn.mark.place = place
    turn.mark.kind = .lines
    try turn.mark.advance(to: offset, of: file)
    // Cut and written anew while it was read: what was taken is settled, and the new content is
    // not vouched for by its own bytes but read from its start.
    let isOldThere = try before.isStillTrue(of: file, size: .max)
    let isNewThere = try isStillThere(file, before: offset)
    if !isOldThere || !isNewThere {
      turn.mark = ReadMark(id: before.id)
      turn.mark.generation = before.generation + 1
      turn.mark.records = before.records
    }
    checkpoint(&turn, size: max(offset, turn.outcome.file.facts?.size ?? 0))
  }

  private func checkpoint(_ turn: inout FollowTurn, size: Int64) {
    turn.mark.records += output.records
    turn.outcome.records += output.records
    turn.outcome.badUnits += output.badUnits.count
    turn.outcome.file.isReported = true
    output.checkpoint(turn.outcome.file.progress(size: size))
    turn.settled = turn.mark
    known.note(turn.mark, path: turn.outcome.file.shownPath)
  }
}

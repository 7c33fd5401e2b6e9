internal import Digest
package import Events
internal import Ingest

/// The verification of directories that grow: each look reads only what is new, and answers only
/// what is different.
///
/// One thread has it. Downloads come in any order and piece by piece, so that a file is not called
/// changed before it has lain still, nor missing while others still arrive.
package struct LiveVerification {
  /// How long to wait before something is said to be wrong.
  package struct Patience: Sendable {
    /// A file that does not fit may still be being written for this long.
    package var settling = Duration.seconds(5)
    /// Nothing has come for this long: what is not here is missing.
    package var quiet = Duration.seconds(60)
    /// Where something always comes: this long after its digest has.
    package var longest = Duration.seconds(900)

    package init() {}
  }

  private let paths: [String]
  private let keys: PublicKeys
  private let patience: Patience
  private var standings: [Text: FileStanding]
  /// Digests as last read, by path.
  private var digests: [Text: (stamp: [UInt8], reading: DigestReading)] = [:]
  /// Hashes that were taken, by path.
  private var hashes: [Text: (stamp: [UInt8], hash: Result<[UInt8], IngestProblem>)]
  /// Since when a file looks wrong, and under which stamp.
  private var suspects: [Text: (stamp: [UInt8], since: ContinuousClock.Instant)] = [:]
  /// When a file was last seen to come or change.
  private var lastArrival: ContinuousClock.Instant?

  /// Goes on from `known`, which earlier runs have kept.
  package init(
    paths: [String], keys: PublicKeys, known: [FileStanding] = [], patience: Patience = Patience()
  ) {
    self.paths = paths
    self.keys = keys
    self.patience = patience
    standings = Dictionary(known.map { (Text($0.path), $0) }) { first, _ in first }
    hashes = [:]
    for standing in known where standing.kind == .log && !standing.stamp.isEmpty {
      guard let hash = standing.hash else { continue }
      hashes[Text(standing.path)] = (standing.stamp, .success(hash))
    }
  }

  /// Whether a verdict waits for time to pass: the next look should be soon.
  package var isSettling: Bool { !suspects.isEmpty }

  /// Looks at everything once: what is known otherwise now.
  ///
  /// - Parameters:
  ///   - now: for patience only.
  ///   - clock: the event time of a file whose name has none.
  ///   - isStopped: asked between files; once true nothing more is read or answered.
  /// - Returns: Files in the order of their paths.
  package mutating func look(
    now: ContinuousClock.Instant, clock: Timestamp, isStopped: () -> Bool = { false }
  ) -> [StandingChange] {
    let sorted = SortedFiles(Archive(paths: paths).files)
    noteArrivals(sorted, now)
    guard readDigests(sorted, isStopped) else { return [] }
    let check = DigestCheck(
      sorted.digests.compactMap { digests[Text($0.path)]?.reading.copy }, keys: keys)
    var verdicts = check.verdicts
    verdicts += sorted.digests.compactMap { digests[Text($0.path)]?.reading.verdict }
    verdicts += check.missing(from: FileIndex(sorted.digests))
    let logs = LogCheck(digests: check, files: sorted.logs)
    for file in sorted.logs {
      if isStopped() { return [] }
      guard logs.isListed(file) else {
        verdicts.append(logs.verdict(onUnlisted: file))
        continue
      }
      // A file that changes under the hand is looked at again the next time.
      guard let hash = hash(of: file) else { continue }
      verdicts.append(logs.verdict(on: file, hash: hash))
    }
    verdicts += logs.missing(from: FileIndex(sorted.logs))
    let stamps = Dictionary(
      (sorted.digests + sorted.logs).map { (Text($0.path), $0.stamp.bytes) }
    ) { first, _ in first }
    return settle(verdicts, stamps, now: now, clock: clock)
  }

  /// Whether anything is there that was not there, or not like this, at the last look.
  private mutating func noteArrivals(_ sorted: SortedFiles, _ now: ContinuousClock.Instant) {
    let isNew = (sorted.digests + sorted.logs).contains { file in
      let path = Text(file.path)
      guard let known = standings[path] else { return true }
      return !known.stamp.isEmpty && known.stamp != file.stamp.bytes
    }
    if isNew || lastArrival == nil { lastArrival = now }
  }

  /// False where it was stopped.
  private mutating func readDigests(_ sorted: SortedFiles, _ isStopped: () -> Bool) -> Bool {
    var kept: [Text: (stamp: [UInt8], reading: DigestReading)] = [:]
    for file in sorted.digests {
      if isStopped() { return false }
      let path = Text(file.path)
      let note = sorted.notes[path]
      let stamp = file.stamp.bytes + (note?.stamp.bytes ?? [])
      if let known = digests[path], known.stamp == stamp {
        kept[path] = known
      } else {
        kept[path] = (stamp, DigestReading(file, note: note))
      }
    }
    digests = kept
    return true
  }

  /// The hash of a file, taken anew where it is not the file that was read; nil where it changed
  /// meanwhile.
  private mutating func hash(of file: ArchivedFile) -> Result<[UInt8], IngestProblem>? {
    let path = Text(file.path)
    if let known = hashes[path], known.stamp == file.stamp.bytes { return known.hash }
    let hash = file.contentHash
    guard file.currentStamp == file.stamp else { return nil }
    hashes[path] = (file.stamp.bytes, hash)
    return hash
  }

  private mutating func settle(
    _ verdicts: [Verdict], _ stamps: [Text: [UInt8]], now: ContinuousClock.Instant,
    clock: Timestamp
  ) -> [StandingChange] {
    var changes: [StandingChange] = []
    var met: Set<Text> = []
    var waiting: [Text: (stamp: [UInt8], since: ContinuousClock.Instant)] = [:]
    let cleared = goneButKnown(stamps)
    // Of those, the ones that a digest still lists.
    var excused: Set<String> = []
    for verdict in verdicts {
      let path = Text(verdict.path)
      if verdict.state == .missing, let object = verdict.object?.address, cleared.contains(object) {
        excused.insert(object)
        continue
      }
      met.insert(path)
      var next = FileStanding(verdict)
      // Of a file that no digest lists nothing was read: it may grow without being news.
      let isUnread = next.kind == .log && [.undigested, .pending].contains(next.state)
      next.stamp = isUnread ? [] : stamps[path] ?? []
      if next.isBad, mustWait(next, now, &waiting) {
        // What was wrong stays wrong while it becomes something else.
        if standings[path]?.isBad == true { continue }
        next.reason = (verdict.state == .missing ? Reason.notYetHere : .settling).sentence
        next.state = .pending
      }
      if let change = change(to: next, clock: clock) { changes.append(change) }
    }
    suspects = waiting
    changes += forget(except: met, stamps, excused)
    return changes.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Addresses of log files that were found sound here and are no longer here: cleared away, which
  /// is no loss.
  private func goneButKnown(_ stamps: [Text: [UInt8]]) -> Set<String> {
    Set(
      standings.compactMap { path, standing in
        guard standing.kind == .log, stamps[path] == nil,
          [.verified, .hashOnly].contains(standing.state)
        else { return nil }
        return standing.object
      })
  }

  /// Whether it is too early to say that something is wrong; what was said before is said again.
  private func mustWait(
    _ next: FileStanding, _ now: ContinuousClock.Instant,
    _ waiting: inout [Text: (stamp: [UInt8], since: ContinuousClock.Instant)]
  ) -> Bool {
    let path = Text(next.path)
    if let known = standings[path], known.state == next.state, known.hash == next.hash {
      return false
    }
    var suspect = suspects[path] ?? (next.stamp, now)
    if suspect.stamp != next.stamp { suspect = (next.stamp, now) }
    let isOver =
      next.state == .missing
      ? now - (lastArrival ?? now) >= patience.quiet || now - suspect.since >= patience.longest
      : now - suspect.since >= patience.settling
    if !isOver { waiting[path] = suspect }
    return !isOver
  }

  /// Keeps what is known of a file from now on; nil where that is nothing new.
  private mutating func change(to verdict: FileStanding, clock: Timestamp) -> StandingChange? {
    let path = Text(verdict.path)
    let former = standings[path]
    var next = verdict
    next.turn = former?.turn ?? 0
    next.raised = next.isBad ? former?.raised ?? next.time ?? clock : nil
    let isTold =
      (former?.isBad ?? false || next.isBad)
      && (former?.state != next.state || former?.hash != next.hash || former?.reason != next.reason)
    if isTold { next.turn += 1 }
    guard next != former else { return nil }
    standings[path] = next
    var notice = isTold ? next : nil
    notice?.raised = next.raised ?? former?.raised
    return StandingChange(standing: next, notice: notice, path: verdict.path)
  }

  /// Files that are not there any more: nothing is wrong with them as such.
  private mutating func forget(
    except met: Set<Text>, _ stamps: [Text: [UInt8]], _ excused: Set<String>
  ) -> [StandingChange] {
    var changes: [StandingChange] = []
    for (path, standing) in standings where !met.contains(path) && stamps[path] == nil {
      if let object = standing.object, excused.contains(object), standing.state != .missing {
        continue
      }
      standings[path] = nil
      hashes[path] = nil
      var notice: FileStanding?
      if standing.isBad {
        notice = standing
        notice?.turn += 1
        notice?.state = .pending
        notice?.reason = standing.state == .missing ? "the file is here now" : "the file is gone"
      }
      changes.append(StandingChange(standing: nil, notice: notice, path: standing.path))
    }
    return changes
  }
}

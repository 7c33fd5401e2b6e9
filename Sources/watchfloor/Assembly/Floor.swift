import CloudTrail
import DetectionEngine
import Detections
import Events
import Findings
import Ingest
import Interface
import LogIntegrity
import Storage
import Workers

/// Everything that runs behind the screen: followed files, readers, engine, store.
///
/// Where another instance writes the same state already, nothing is read and the store is only
/// looked at.
final class Floor: Sendable {
  let store: Store
  let rules: RuleBook
  let clock: Clock
  private let roots: [String]
  private let poll: Bool
  private let engine = EngineThread()
  /// Nil where another instance writes.
  private let following: Shared<Follower?>
  private let backfills = Shared<[Worker]>([])
  private let stopReading = StopFlag()
  private let lookout: Shared<Worker?> = Shared(nil)
  private let isStopping = Shared(false)
  /// Nil where no public keys were given.
  private let integrity: IntegrityWatch?

  /// A floor over the files and directories of some real paths.
  ///
  /// With public keys the files are verified by their digests as they come. Throws where the
  /// state cannot say how far it has read.
  init(
    roots: [String], store: Store, rules: LoadedRules, clock: Clock, poll: Bool = false,
    publicKeys: PublicKeys? = nil
  ) throws {
    self.store = store
    var rules = rules
    // A temporary state keeps switches for its life.
    rules.source.switchFile =
      rules.source.switchFile ?? store.directory + "/" + RuleSource.switchName
    self.rules = RuleBook(rules)
    self.clock = clock
    self.roots = roots
    self.poll = poll
    following = Shared(nil)
    let (book, engine) = (self.rules, engine)
    integrity =
      store.access == .writer
      ? try publicKeys.map { keys in
        try IntegrityWatch(roots: roots, keys: keys, store: store, rules: book, clock: clock) {
          engine.take($0)
        }
      } : nil
    guard store.access == .writer else { return }
    self.rules.takeOver(costs: RuleCosts.written(in: store))
    let follower = try newFollower(with: rules.roster.running)
    following.withLock { $0 = follower }
  }

  /// A follower that goes on where the last commit stands.
  private func newFollower(with ruleSet: RuleSet) throws -> Follower {
    var options = Follower.Options(roots: roots)
    options.poll = poll
    options.excluded = [store.directory]
    options.checkpoints = Dictionary(
      try store.files().map { ($0.path, $0.checkpoint) }, uniquingKeysWith: { first, _ in first })
    return Follower(options, reading: reading(ruleSet, keepsPlace: true))
  }

  private func reading(_ ruleSet: RuleSet, keepsPlace: Bool) -> Reading {
    let engine = engine
    return Reading(
      framing: Framing(arrayKeys: Envelope.arrayKeys),
      prefilter: Prefilter(ruleSet.needles, orCalls: ScanNews.calls)
    ) { _ in UnitReader(ruleSet, keepsPlace: keepsPlace) { engine.take($0) } }
  }

  private var follower: Follower? { following.snapshot }

  /// Starts reading, or looking.
  ///
  /// - Parameters:
  ///   - ended: called on a thread of its own with the reason when nothing can be written any more.
  ///   - changed: called on a thread of its own when the store has something new.
  func start(
    ended: @escaping @Sendable (String) -> Void = { _ in }, changed: @escaping @Sendable () -> Void
  ) {
    guard let follower else {
      startLookout(changed)
      return
    }
    startEngine(changed, ended: ended)
    follower.start()
    integrity?.start()
  }

  /// Starts what a backfill needs, and follows nothing.
  func startEngine(
    _ changed: @escaping @Sendable () -> Void,
    ended: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    let ruleEngine = Engine(
      rules.current.roster.running, ledger: store,
      techniques: rules.current.library.techniques, risk: rules.current.library.risk)
    engine.start(ruleEngine, store: store, clock: clock, committed: changed, ended: ended)
  }

  /// Lets what is being read come to a checkpoint, commits it, ends the threads.
  func finish() {
    isStopping.withLock { $0 = true }
    stopReading.raise()
    // Before readers are waited for: they may be waiting for a commit that cannot succeed.
    engine.prepareToFinish()
    for worker in backfills.snapshot { worker.join() }
    integrity?.finish()
    follower?.stop()
    if follower != nil {
      engine.finish()
      writeCosts()
    }
    lookout.withLock { worker in
      worker?.join()
      worker = nil
    }
  }

  /// Writes down what the rules have cost so far.
  func writeCosts() {
    guard let written = rules.writtenCosts else { return }
    RuleCosts(of: rules.current.roster, written: written).write(to: store)
  }

  /// Everything that was there has been read and committed.
  var isIdle: Bool { (follower?.isIdle ?? true) && !engine.status.isBusy }

  /// Looks at every file again now.
  func rescan() { follower?.rescan() }

  /// Reads what is there, commits it, and returns.
  func readWhatIsThere() {
    guard let follower else { return }
    _ = follower.waitUntilIdle()
    while engine.status.isBusy { _ = isStopping.wait(atMost: .milliseconds(2)) { $0 ? 1 : nil } }
  }

  /// Runs other rules from here on, without losing or repeating a record.
  ///
  /// Reading stops at a checkpoint and, when that is committed, goes on from there with the new
  /// rules.
  func use(_ new: LoadedRules) throws {
    let old = rules.current
    let isSame =
      new.roster.running.rules.map(\.planHash) == old.roster.running.rules.map(\.planHash)
      && new.library.risk == old.library.risk && new.library.tables == old.library.tables
    rules.set(new)
    guard !isSame, let follower else { return }
    follower.stop()
    engine.use(new.roster.running, risk: new.library.risk)
    while engine.status.isBusy {
      if isStopping.wait(atMost: .milliseconds(10), until: { $0 ? true : nil }) == true { return }
    }
    let next = try newFollower(with: new.roster.running)
    following.withLock { $0 = next }
    next.start()
  }

  /// Reads what is still there again for one rule, on a thread of its own; records that it has
  /// counted are not counted again.
  ///
  /// `done` is called on that thread when all was read.
  ///
  /// - Throws: `Failure` where the rule does not run, or another instance writes.
  func backfill(_ name: String, done: @escaping @Sendable () -> Void = {}) throws {
    guard follower != nil else { throw Failure("another instance follows these paths") }
    guard let loaded = rules.current.library.rule(named: name) else {
      throw Failure("there is no rule '\(name)'; see: watchfloor rules")
    }
    let running = rules.current.roster.running.rules
    guard let rule = running.first(where: { $0.rule.fileName == loaded.fileName }) else {
      throw Failure("the rule '\(name)' is off; turn it on with: watchfloor rules --on '\(name)'")
    }
    let reading = reading(RuleSet([rule]), keepsPlace: false)
    let book = rules
    book.noteBackfill(of: loaded.name, 0)
    let worker = Worker.start("backfill") { [self] in
      _ = ReadOnce(paths: roots, reading: reading).run(stop: stopReading) { progress in
        let all = Double(max(1, progress.bytesTotal))
        book.noteBackfill(of: loaded.name, min(1, Double(progress.bytesDone) / all))
      }
      if !stopReading.isRaised { engine.noteBackfill(of: rule.planHash) }
      book.noteBackfill(of: loaded.name, nil)
      done()
    }
    backfills.withLock { $0.append(worker) }
  }

  /// How it goes, for the header.
  var report: Report {
    guard let follower else {
      guard store.access != .writer else { return Report() }
      // A reader that has ended leaves what it found; only a new start goes on.
      let writer = store.writer
      return writer > 0
        ? Report(progress: .viewing(processID: Int(writer)))
        : Report(progress: .unattended, problem: "start watchfloor again to go on")
    }
    let status = follower.status
    let engine = engine.status
    var report = Report(
      progress: progress(status),
      files: status.filesByState.values.reduce(0, +) - (status.filesByState[.gone] ?? 0),
      eventsPerSecond: status.recordsPerSecond, bytesBehind: status.bytesBehind,
      deadLetters: engine.deadLetters, problem: engine.problem ?? rules.note ?? status.notes.last)
    report.isPolling = status.scans > 0 && !status.isNotified
    return report
  }

  /// Less than this, or what is read in this time, is not worth a progress bar.
  private static let littleBehind: Int64 = 4 << 20
  private static let shortly = 2.0

  private func progress(_ status: FollowerStatus) -> Report.Progress {
    let left =
      status.bytesPerSecond > 1 ? Double(status.bytesBehind) / status.bytesPerSecond : nil
    guard status.bytesBehind > Self.littleBehind || left ?? 0 > Self.shortly else {
      return .live
    }
    let all = status.bytesRead + status.bytesBehind
    let seconds = left.map { Int($0) }
    return .catchingUp(
      fraction: Double(status.bytesRead) / Double(max(1, all)), secondsLeft: seconds)
  }

  /// How often a viewer looks whether the writer has committed.
  private static let lookInterval = Duration.milliseconds(200)

  private func startLookout(_ changed: @escaping @Sendable () -> Void) {
    let worker = Worker.start("lookout") { [self] in
      var version = try? store.version()  // unknown: the first look then says changed
      while isStopping.wait(atMost: Self.lookInterval, until: { $0 ? true : nil }) == nil {
        // A look that fails is made again in a moment.
        guard let now = try? store.version(), now != version else { continue }
        version = now
        changed()
      }
    }
    lookout.withLock { $0 = worker }
  }
}

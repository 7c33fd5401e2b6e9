import CloudTrail
import DetectionEngine
import Detections
import Events
import Findings
import Ingest
import Interface
import Storage
import Workers

/// Everything that runs behind the screen: followed files, readers, engine, store.
///
/// Where another instance writes the same state already, nothing is read and the store is only
/// looked at.
final class Floor: Sendable {
  let store: Store
  let rules: LoadedRules
  let clock: Clock
  private let engine = EngineThread()
  private let follower: Follower?
  private let lookout: Shared<Worker?> = Shared(nil)
  private let isStopping = Shared(false)

  /// A floor over the files and directories of some real paths.
  ///
  /// Throws where the state cannot say how far it has read.
  init(
    roots: [String], store: Store, rules: LoadedRules, clock: Clock, poll: Bool = false
  ) throws {
    self.store = store
    self.rules = rules
    self.clock = clock
    guard store.access == .writer else {
      follower = nil
      return
    }
    let ruleSet = rules.roster.running
    var options = Follower.Options(roots: roots)
    options.poll = poll
    options.excluded = [store.directory]
    options.checkpoints = Dictionary(
      try store.files().map { ($0.path, $0.checkpoint) }, uniquingKeysWith: { first, _ in first })
    let engine = engine
    let reading = Reading(
      framing: Framing(arrayKeys: Envelope.arrayKeys), prefilter: Prefilter(ruleSet.needles)
    ) { _ in UnitReader(ruleSet) { engine.take($0) } }
    follower = Follower(options, reading: reading)
  }

  /// Starts reading, or looking.
  ///
  /// - Parameter changed: called on a thread of its own when the store has something new.
  func start(changed: @escaping @Sendable () -> Void) {
    guard let follower else {
      startLookout(changed)
      return
    }
    let ruleEngine = Engine(
      rules.roster.running, ledger: store, techniques: rules.library.techniques)
    engine.start(ruleEngine, clock: clock, committed: changed)
    follower.start()
  }

  /// Lets what is being read come to a checkpoint, commits it, ends the threads.
  func finish() {
    isStopping.withLock { $0 = true }
    follower?.stop()
    if follower != nil { engine.finish() }
    lookout.withLock { worker in
      worker?.join()
      worker = nil
    }
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

  /// How it goes, for the header.
  var report: Report {
    guard let follower else {
      if case .viewer(let pid) = store.access {
        return Report(progress: .viewing(processID: Int(pid)))
      }
      return Report()
    }
    let status = follower.status
    let engine = engine.status
    return Report(
      progress: progress(status),
      files: status.filesByState.values.reduce(0, +) - (status.filesByState[.gone] ?? 0),
      eventsPerSecond: status.recordsPerSecond, bytesBehind: status.bytesBehind,
      deadLetters: engine.deadLetters, problem: engine.problem ?? status.notes.last)
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
        guard let now = try? store.version(), now != version else { continue }
        version = now
        changed()
      }
    }
    lookout.withLock { $0 = worker }
  }
}

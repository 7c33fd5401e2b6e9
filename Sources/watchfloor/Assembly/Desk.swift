import DetectionEngine
import Detections
import Events
import Findings
import Interface
import Storage
import Workers

/// The thread that reads the store for the screen and writes what analysts say, so that the screen
/// never waits for it.
final class Desk: Sendable {
  private let channel = Channel<Effect>(capacity: 1024)
  private let answers: Answers
  private let errands: Errands
  private let mailbox: Mailbox<Message>
  private let worker: Shared<Worker?> = Shared(nil)
  private let busy = Shared(false)
  private let searches: SearchBench
  /// Generations of questions that nobody waits for.
  private let abandoned = Shared<Set<Int>>([])
  /// Generations of questions that wait for those before them.
  private let queued = Shared<[Int]>([])

  /// How long an answer may take until the screen is told that it is still being read, and how often
  /// it is told then.
  private static let patience = Duration.milliseconds(100)
  private static let tellInterval = Duration.milliseconds(500)

  init(_ answers: Answers, mailbox: Mailbox<Message>, rules: RuleErrands? = nil) {
    self.answers = answers
    errands = Errands(answers: answers, rules: rules)
    self.mailbox = mailbox
    searches = SearchBench(mailbox: mailbox)
  }

  func start() {
    let worker = Worker.start("desk") { [self] in
      while let effects = channel.popAll() {
        busy.withLock { $0 = true }
        for effect in effects { perform(effect).forEach(mailbox.post) }
        busy.withLock { $0 = false }
      }
    }
    self.worker.withLock { $0 = worker }
  }

  /// Takes what the screen wants done outside of the terminal.
  ///
  /// A question that is given up is not read to its end, whether it waits or is being read.
  func take(_ effect: Effect) {
    if case .abandon(let generation) = effect {
      abandoned.withLock { _ = $0.insert(generation) }
    } else {
      if case .load(_, let generation) = effect { queued.withLock { $0.append(generation) } }
      channel.push(effect)
    }
  }

  var isIdle: Bool { channel.count == 0 && !busy.snapshot && searches.isIdle }

  func finish() {
    channel.close()
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
    errands.rules?.finish()
    searches.finish()
  }

  private func perform(_ effect: Effect) -> [Message] {
    if case .load(_, let generation) = effect {
      queued.withLock { queued in queued.removeAll { $0 == generation } }
    }
    switch effect {
    case .load(.search(let request), let generation):
      searches.start(
        TypedSearch(store: answers.store, rules: answers.rules.current, request: request),
        generation: generation)
      return []
    case .stopSearch:
      searches.stop()
      return []
    default: break
    }
    guard case .load(let request, let generation) = effect else { return errands.run(effect) }
    // Questions come in the order of their generations: older ones have been dealt with.
    let isWanted = abandoned.withLock { abandoned in
      abandoned = abandoned.filter { $0 >= generation }
      return !abandoned.contains(generation)
    }
    guard isWanted else { return [] }
    do {
      let answer = try answers.answer(request, unless: watch(of: generation))
      return [.answer(answer, to: request, generation: generation)]
    } catch StorageProblem.givenUp {
      return []
    } catch {
      return [.failed(Notice(sentence(of: error), request: request))]
    }
  }

  /// Says whether a question is given up, and tells the screen while it is not answered, also of
  /// those that wait for it.
  private func watch(of generation: Int) -> @Sendable (ReadProgress) -> Bool {
    let start = ContinuousClock.now
    let next = Shared(start + Self.patience)
    return { [abandoned, queued, mailbox] progress in
      let now = ContinuousClock.now
      let isDue = next.withLock { next in
        guard now >= next else { return false }
        next = now + Self.tellInterval
        return true
      }
      if isDue {
        let sentence = Self.reading(progress, after: (now - start).components.seconds)
        mailbox.post(.searching(sentence, generation: generation))
        for generation in queued.snapshot {
          mailbox.post(.searching("waiting", generation: generation))
        }
      }
      return abandoned.withLock { $0.contains(generation) }
    }
  }
}

extension Desk {
  /// `reading 340,000 of 1,000,000`; without an end that is known, for how long.
  static func reading(_ progress: ReadProgress, after seconds: Int64) -> String {
    guard let all = progress.all, all > 0 else {
      return seconds < 1 ? "reading" : "reading for \(seconds) s"
    }
    return "reading \(Wording.count(progress.rows)) of \(Wording.count(all))"
  }
}

/// Answers every request: lists and cards from the store, drilldowns by running their search.
struct Answers: Sendable {
  let store: Store
  let rules: RuleBook
  let clock: Clock

  /// The answer; `unless` says while the store is read whether nobody wants it any more, and then
  /// `StorageProblem.givenUp` is thrown.
  func answer(
    _ request: Request, unless isOver: @escaping @Sendable (ReadProgress) -> Bool = { _ in false }
  ) throws -> Answer {
    if case .search(let request) = request {
      return .search(
        try TypedSearch(store: store, rules: rules.current, request: request).result())
    }
    guard case .drilldown(let drilldown) = request else {
      let answer = try store.answer(request, now: clock.now(), unless: isOver)
      return rules.current.library.tables.explained(answer)
    }
    let rules = rules.current
    guard let rule = rules.rule(named: drilldown.rule) else {
      throw Failure("the rule '\(drilldown.rule)' is not loaded, so its drilldowns cannot run")
    }
    let run = DrilldownRun(
      library: store, rules: rules.library.rules.compactMap(\.rule)
    ) { $0.event }
    return .drilldown(try run.result(of: drilldown, rule: rule))
  }

  /// The end of every relative range: the clock, or, where nothing has happened for a day, the
  /// time of the newest event.
  func asOf(_ clock: Timestamp) throws -> Timestamp {
    guard let newest = try store.newestEvent(notAfter: clock) else { return clock }
    return clock - newest > 86_400 ? newest : clock
  }
}

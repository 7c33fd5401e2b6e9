import Events
import Findings
import Interface
import Workers

/// The thread that tells the screen how things are: reports, the as-of time, a changed store.
///
/// It speaks only when something is different.
final class News: Sendable {
  private let floor: Floor
  private let answers: Answers
  private let mailbox: Mailbox<Message>
  private let worker: Shared<Worker?> = Shared(nil)
  private let bell = Shared(State())

  private struct State: Sendable {
    var hasChanged = true
    var hasOtherRules = true
    var isStopping = false
    var isTelling = false
  }

  /// How often numbers are looked at while nothing rings, and the most often that the screen is
  /// told to read again.
  private static let restInterval = Duration.seconds(1)
  /// As fine as any range on the screen needs its end.
  private static let asOfInterval = Duration.seconds(10)
  private static let busyInterval = Duration.milliseconds(33)

  init(floor: Floor, answers: Answers, mailbox: Mailbox<Message>) {
    self.floor = floor
    self.answers = answers
    self.mailbox = mailbox
  }

  /// Called by the engine after a commit.
  func storeChanged() { bell.withLock { $0.hasChanged = true } }

  /// Called when rules were loaded, switched, tested or have got further.
  func rulesChanged() { bell.withLock { $0.hasOtherRules = true } }

  var isIdle: Bool {
    let state = bell.snapshot
    return !state.hasChanged && !state.hasOtherRules && !state.isTelling
  }

  func start() {
    let worker = Worker.start("news") { [self] in tell() }
    self.worker.withLock { $0 = worker }
  }

  func finish() {
    bell.withLock { $0.isStopping = true }
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
  }

  private func tell() {
    var report: Report?
    var asOf: Timestamp?
    var cards: [RuleCard] = []
    var nextCards = ContinuousClock.now
    var areCardsOld = true
    var nextAsOf = ContinuousClock.now
    while !bell.snapshot.isStopping {
      let hasChanged = bell.withLock { state in
        defer { state.hasChanged = false }
        state.isTelling = true
        return state.hasChanged
      }
      if hasChanged || .now >= nextAsOf {
        tellAsOf(&asOf)
        nextAsOf = .now + Self.asOfInterval
      }
      let now = floor.report
      let hasNews = hasChanged || now != report
      if now != report {
        report = now
        mailbox.post(.report(now))
      }
      if hasChanged { mailbox.post(.changed) }
      let hasOtherRules = bell.withLock { state in
        defer { state.hasOtherRules = false }
        return state.hasOtherRules
      }
      // Their figures are sums over the store: often enough is once a second, where it has changed.
      areCardsOld = areCardsOld || hasChanged
      if hasOtherRules || areCardsOld && .now >= nextCards {
        tellCards(&cards)
        nextCards = .now + Self.restInterval
        areCardsOld = false
      }
      bell.withLock { $0.isTelling = false }
      // A commit is told at once, the next not before the screen could show it.
      if hasNews { _ = bell.wait(atMost: Self.busyInterval) { $0.isStopping ? true : nil } }
      _ = bell.wait(atMost: Self.restInterval) {
        $0.hasChanged || $0.hasOtherRules || $0.isStopping ? true : nil
      }
    }
  }

  private func tellCards(_ known: inout [RuleCard]) {
    do {
      let cards = try RuleCards(store: answers.store, rules: answers.rules).current()
      if cards != known { mailbox.post(.rules(cards)) }
      known = cards
    } catch {
      mailbox.post(.failed(Notice(sentence(of: error))))
    }
  }

  /// A minute is as fine as any range on the screen needs its end.
  private func tellAsOf(_ known: inout Timestamp?) {
    let clock = floor.clock.now()
    do {
      let asOf = try answers.asOf(clock)
      if let known, asOf == clock ? (0..<60).contains(asOf - known) : asOf == known { return }
      known = asOf
      mailbox.post(.asOf(asOf))
    } catch {
      mailbox.post(.failed(Notice(sentence(of: error))))
    }
  }
}

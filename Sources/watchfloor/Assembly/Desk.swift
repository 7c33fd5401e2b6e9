import DetectionEngine
import Detections
import Events
import Findings
import Interface
import Storage
import Workers

/// The thread that reads the store for the screen, so that the screen never waits for it.
final class Desk: Sendable {
  private struct Question: Sendable {
    let request: Request
    let generation: Int
  }

  private let channel = Channel<Question>(capacity: 1024)
  private let answers: Answers
  private let mailbox: Mailbox<Message>
  private let worker: Shared<Worker?> = Shared(nil)
  private let busy = Shared(false)

  init(_ answers: Answers, mailbox: Mailbox<Message>) {
    self.answers = answers
    self.mailbox = mailbox
  }

  func start() {
    let worker = Worker.start("desk") { [self] in
      while let questions = channel.popAll() {
        busy.withLock { $0 = true }
        for question in questions { mailbox.post(answer(question)) }
        busy.withLock { $0 = false }
      }
    }
    self.worker.withLock { $0 = worker }
  }

  func ask(_ request: Request, generation: Int) {
    channel.push(Question(request: request, generation: generation))
  }

  var isIdle: Bool { channel.count == 0 && !busy.snapshot }

  func finish() {
    channel.close()
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
  }

  private func answer(_ question: Question) -> Message {
    do {
      return .answer(
        try answers.answer(question.request), to: question.request,
        generation: question.generation)
    } catch {
      return .failed(Notice(sentence(of: error), request: question.request))
    }
  }
}

/// Answers every request: lists and cards from the store, drilldowns by running their search.
struct Answers: Sendable {
  let store: Store
  let rules: RuleBook

  func answer(_ request: Request) throws -> Answer {
    guard case .drilldown(let drilldown) = request else { return try store.answer(request) }
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

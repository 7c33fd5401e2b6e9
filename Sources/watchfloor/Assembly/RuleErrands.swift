import Detections
import Findings
import Interface
import Storage
import Workers

/// What an analyst does to rules on the screen: turn them on and off, have logs read again for
/// them, run the tests of their files.
struct RuleErrands: Sendable {
  let floor: Floor
  let mailbox: Mailbox<Message>
  /// Called when a switch was turned.
  let turned: @Sendable () -> Void
  private let tests = Shared<Worker?>(nil)

  init(
    floor: Floor, mailbox: Mailbox<Message>, turned: @escaping @Sendable () -> Void
  ) {
    self.floor = floor
    self.mailbox = mailbox
    self.turned = turned
  }

  /// Switches are kept in the state, for as long as that is.
  func turn(_ name: String, on isOn: Bool) throws -> [Message] {
    try floor.rules.current.turn(name, on: isOn)
    turned()
    return [
      .done(
        isOn
          ? "it runs on what is read from now on; B reads what is there again: '\(name)'"
          : "it is off, what it has found stays: '\(name)'")
    ]
  }

  func backfill(_ name: String) throws -> [Message] {
    if floor.store.access != .writer {
      try BackfillRequest(directory: floor.store.directory).leave([name])
      let writer = floor.store.writer
      let who =
        writer > 0 ? "process \(writer), which follows the logs," : "who follows the logs next"
      return [.done("\(who) was asked to do it")]
    }
    let mailbox = mailbox
    try floor.backfill(name) { mailbox.post(.done("the logs were read again for '\(name)'")) }
    return [.done("the logs are being read again for '\(name)'")]
  }

  /// Runs the tests of a rule's file on a thread of their own; what came of them is on its card.
  func test(_ name: String) {
    let floor = floor
    let turned = turned
    tests.withLock { worker in
      worker?.join()
      worker = Worker.start("rule test") {
        let rules = floor.rules.current
        guard let loaded = rules.library.rule(named: name) else { return }
        let tester = RuleTest(shelf: TestDataShelf(root: nil), isExact: false)
        let outcomes = tester.outcomes(of: loaded, techniques: rules.library.techniques)
        floor.rules.noteTests(of: name, outcomes.map(\.line))
        turned()
      }
    }
  }

  func finish() {
    tests.withLock { worker in
      worker?.join()
      worker = nil
    }
  }
}

extension TestOutcome {
  /// `PASS True Positive Test: 2 rows`.
  fileprivate var line: String {
    let about = test.isEmpty ? "" : " \(test)"
    return "\(verdict.rawValue)\(about): \(reason ?? Wording.counted(rows, "row"))"
  }
}

import CellGrid
import DetectionEngine
import Events
import Findings
import Interface
import Storage

/// A picture of the dashboard at one moment: the same state and views, answered on the spot.
struct Still {
  let answers: Answers
  let rules: LoadedRules

  /// - Throws: whatever the store cannot answer.
  func frame(
    settings: ScreenSettings, size: Size, clock: Timestamp, progress: Report.Progress
  ) throws -> Frame {
    var state = State(settings: settings, clock: clock)
    var effects = state.start()
    var cards = try RuleCards(store: answers.store, rules: answers.rules).current()
    // A picture of the same logs is the same on every machine.
    for index in cards.indices { cards[index].figures?.timeShare = nil }
    let report = Report(
      progress: progress, files: try answers.store.files().count { $0.state != "gone" })
    for message: Message in [
      .resized(size), .rules(cards), .tick(clock), .asOf(try answers.asOf(clock)),
      .report(report), .changed,
    ] {
      effects += state.update(message)
    }
    while !effects.isEmpty {
      let asked = effects
      effects = []
      for case .load(let request, let generation) in asked {
        let answer = try answers.answer(request)
        effects += state.update(.answer(answer, to: request, generation: generation))
      }
    }
    return state.frame(size)
  }
}

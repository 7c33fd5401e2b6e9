import Events
import Findings
import Handover
import Interface
import Storage

/// What the screen wants changed, done; each errand tells what has come of it.
struct Errands: Sendable {
  let answers: Answers
  /// Nil where rules are only looked at.
  var rules: RuleErrands?
  private var store: Store { answers.store }

  func run(_ effect: Effect) -> [Message] {
    do {
      switch effect {
      case .triage(let move): return try triage(move)
      case .undoTriage(let analyst, let time): return try undo(by: analyst, at: time)
      case .suppress(let suppression, let isUndo): return try suppress(suppression, isUndo)
      case .lift(let suppression, let analyst, let time, let isUndo):
        return try lift(suppression, by: analyst, at: time, isUndo)
      case .remember(let name, let text):
        try store.set(name, to: text)
        return []
      case .export(let format, let name, let table):
        let path = try ExportFile(format: format, name: name, table: table).write()
        let lines = Wording.counted(table.rows.count, "line")
        return [.done("\(lines) written to \(path)")]
      case .turnRule(let name, let isOn): return try rules?.turn(name, on: isOn) ?? []
      case .backfill(let name): return try rules?.backfill(name) ?? []
      case .testRule(let name):
        rules?.test(name)
        return []
      case .report(let hours, let clock): return try report(hours, clock)
      default: return []
      }
    } catch {
      return [.failed(Notice(sentence(of: error)))]
    }
  }

  private func report(_ hours: Int, _ clock: Timestamp) throws -> [Message] {
    let handover = try Handover(of: answers, hours: hours, clock: clock)
    let name = "handover-\(clock.date)"
    let paths = [
      try NewFile.write(handover.markdown, name + ".md"),
      try NewFile.write(handover.html, name + ".html"),
    ]
    return [.done("written to \(paths.joined(separator: " and "))")]
  }

  private func triage(_ move: TriageMove) throws -> [Message] {
    let batch = try store.apply([move])
    let count = Wording.counted(move.findings.count, "finding")
    return [
      .done(batch == nil ? "nothing was changed" : "\(count) changed; U undoes it"), .changed,
      .did(.triaged),
    ]
  }

  private func suppress(_ suppression: Suppression, _ isUndo: Bool) throws -> [Message] {
    var suppression = suppression
    suppression.number = try store.suppress(suppression)
    try LiftedSuppressions(store).forget(suppression)
    let place = try SuppressedMacros(answers.rules.current).add(suppression)
    let sentence = "hidden here, \(place); Z lists what is, U undoes it"
    return [.done(isUndo ? "hidden again" : sentence), .changed]
      + (isUndo ? [] : [.did(.suppressed(suppression))])
  }

  private func lift(
    _ suppression: Suppression, by analyst: String, at time: Timestamp, _ isUndo: Bool
  ) throws -> [Message] {
    try store.lift(suppression: suppression.number)
    try SuppressedMacros(answers.rules.current).remove(suppression)
    if !isUndo { try LiftedSuppressions(store).note(suppression, by: analyst, at: time) }
    return [.done("'\(suppression.term)' is shown again"), .changed]
      + (isUndo ? [] : [.did(.lifted(suppression))])
  }

  /// Takes back what the analyst did last, in this run or an earlier one.
  private func undo(by analyst: String, at time: Timestamp) throws -> [Message] {
    let batch = try store.lastBatch(by: analyst)
    let triaged = try self.time(of: batch)
    let hidden = try store.suppressions().first { $0.author == analyst }
    let lifted = try LiftedSuppressions(store).last(by: analyst)
    func isLast(_ step: Timestamp, _ others: Timestamp?...) -> Bool {
      others.allSatisfy { $0.map { step > $0 } ?? true }
    }
    if let lifted, isLast(lifted.time, triaged, hidden?.at) {
      return try suppress(lifted.suppression, true)
    }
    if let hidden, isLast(hidden.at, triaged) {
      return try lift(hidden, by: analyst, at: time, true)
    }
    guard let batch else {
      return [.failed(Notice("there is nothing of yours left to undo"))]
    }
    let undone = try store.undo(batch: batch, by: analyst, at: time)
    let sentence = undone == nil ? "everything is as it was before" : "the last triage is undone"
    return [.done(sentence), .changed]
  }

  /// When a batch of triage was made; nil where there is none.
  private func time(of batch: Int64?) throws -> Timestamp? {
    guard let batch,
      case .triageHistory(let page) = try store.answer(
        .triageHistory(.everything, offset: 0, limit: 1_000))
    else { return nil }
    // What lies that far back is older than anything else that could be taken back.
    return page.lines.first { $0.batch == batch }?.after.at ?? Timestamp(seconds: 0)
  }
}

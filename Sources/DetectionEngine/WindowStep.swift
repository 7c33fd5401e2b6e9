import Detections
import Events
import Findings
import Streaming

/// Makes the rows of whole windows again: those of rules whose stages look at several rows, and of
/// rules that wait for their windows to close.
///
/// One window of all rules at a time, the earliest first, so that a rule that reads what rules
/// have written finds what was written in the windows before.
struct WindowStep {
  let ledger: any Ledger
  let composers: [String: RowComposer]
  let now: Timestamp

  struct Outcome {
    var changes: Changes
    var counters: [String: RuleCounters]
  }

  private var changes = Changes()
  private var counters: [String: RuleCounters] = [:]
  private var changed: [String: ChangedWindows] = [:]

  init(ledger: any Ledger, composers: [String: RowComposer], now: Timestamp) {
    self.ledger = ledger
    self.composers = composers
    self.now = now
    changes.changedAt = now
  }

  /// What the earliest changed window comes to; nil where none is due.
  mutating func outcome() throws -> Outcome? {
    for (plan, composer) in composers where composer.rule.isMadeByWindow {
      changed[plan] = try ChangedWindows(of: plan, in: ledger)
    }
    guard let window = changed.compactMap({ due(in: $1, of: $0) }).min() else { return nil }
    var tables: Set<String> = []
    for plan in changed.keys.sorted() where changed[plan]?.first == window {
      guard let composer = composers[plan], due(in: changed[plan], of: plan) == window
      else { continue }
      tables.formUnion(try evaluate(window, composer))
      changed[plan]?.settle(window, keeps: composer.rule.readsWrittenTables)
      note(plan)
    }
    for (plan, composer) in composers
    where !composer.rule.plan.tablesRead.isDisjoint(with: tables) {
      changed[plan]?.insertAll(after: window)
      note(plan)
    }
    try changes.giveWay(toRowsOfJobsIn: ledger)
    if !changes.rows.isEmpty || !changes.withdrawn.isEmpty {
      try TouchedWindows.touch([window], composers, ledger, into: &changes)
    }
    changes.inOrder()
    return Outcome(changes: changes, counters: counters)
  }

  private func due(in windows: ChangedWindows?, of plan: String) -> Window? {
    guard let first = windows?.first, let composer = composers[plan] else { return nil }
    return composer.rule.waitsForClose && !first.isClosed(at: now) ? nil : first
  }

  private mutating func note(_ plan: String) {
    changes.groups[ChangedWindows.id(of: plan)] = changed[plan]?.encode()
  }

  /// - Returns: The tables that are other than before.
  private mutating func evaluate(
    _ window: Window, _ composer: RowComposer
  ) throws -> Set<String> {
    let plan = composer.rule.planHash
    let groups = try groups(of: composer.rule, in: window)
    let size = try WindowSize(of: plan, in: window, ledger)
    let standing = try StandingRows(of: plan, in: window, ledger)
    // Nothing is left of a window whose time is over.
    if groups.isEmpty, standing.isEmpty { return [] }
    let lookups = try LookupsAtTime(of: composer.rule, before: window, ledger)
    let (rows, writes) = composer.rows(
      of: groups, in: window, lookups: lookups, marks: size.marks)
    counters[plan, default: RuleCounters()].rows += standing.replace(with: rows, in: &changes)
    changes.riskEvents += rows.flatMap(composer.riskEvents)
    return try write(writes, of: composer.rule, in: window, over: lookups)
  }

  private func groups(of rule: EngineRule, in window: Window) throws -> [EngineGroup] {
    let states = try ledger.groups(of: rule.planHash, in: window)
    var groups: [EngineGroup] = []
    for (id, bytes) in states where id.isGroup {
      do throws(StreamingProblem) {
        groups.append(try EngineGroup(decoding: bytes))
      } catch {
        throw EngineProblem.groupState(rule: rule.rule.name, error)
      }
    }
    return groups.sorted { $0.key < $1.key }
  }

  /// Keeps what the window has made of tables, where that is not what they were before it.
  private mutating func write(
    _ writes: [TableWrite], of rule: EngineRule, in window: Window, over lookups: LookupsAtTime
  ) throws -> Set<String> {
    var different: Set<String> = []
    let later = Window(start: window.end)
    for name in rule.plan.tablesWritten.sorted() {
      let before = lookups.table(named: Text(name))?.encode()
      let after = writes.first { $0.name == Text(name) }?.table.encode()
      let version = after == before ? nil : after
      let known = try ledger.lookupTable(name, before: later)
      changes.lookups.append(LookupVersion(name: name, window: window, table: version))
      if (after ?? before) != (known ?? before) { different.insert(name) }
    }
    return different
  }
}

extension EngineRule {
  /// Whether rows are made of all groups of a window together, and not of each as it changes.
  var isMadeByWindow: Bool { !isIncident && (plan.needsWholeWindow || waitsForClose) }
}

extension GroupID {
  /// Whether it names a group, and not what is kept about groups.
  var isGroup: Bool { key.count == 16 }
}

extension Window {
  func isClosed(at now: Timestamp) -> Bool { now - end > Engine.grace }
}

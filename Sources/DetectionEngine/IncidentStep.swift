import Detections
import Events
import Findings
import Streaming

/// Evaluates incident rules, which read risk events, over windows in which these have changed.
///
/// For each hourly window a rule sees the risk of the hours before its end, and its rows are what
/// they are now: rows that the window had and has no more are withdrawn.
struct IncidentStep {
  let ledger: any Ledger
  let now: Timestamp

  /// At most this many windows in one commit.
  private static let windowsAtOnce = 200

  /// What is to be committed for one rule; nil where nothing is due.
  ///
  /// What is left over is due at the next step.
  func changes(of composer: RowComposer, counters: inout RuleCounters) throws -> Changes? {
    let plan = composer.rule.planHash
    let lookback = composer.rule.lookback
    guard var touched = try Self.touched(plan, in: ledger) else { return nil }
    let due = touched.take(lookback: lookback, now: now)
    guard !due.isEmpty else { return nil }
    var changes = Changes()
    changes.changedAt = now
    for start in stride(from: 0, to: due.count, by: Self.windowsAtOnce) {
      let windows = due[start..<min(start + Self.windowsAtOnce, due.count)]
      try evaluate(windows, composer, lookback, into: &changes, &counters)
    }
    changes.groups[TouchedWindows.id(of: plan)] = touched.encode()
    return changes
  }

  static func touched(_ plan: String, in ledger: any Ledger) throws -> TouchedWindows? {
    guard let bytes = try ledger.group(TouchedWindows.id(of: plan)) else { return nil }
    do throws(StreamingProblem) {
      return try TouchedWindows(decoding: bytes)
    } catch {
      throw EngineProblem.account(error)
    }
  }

  private func evaluate(
    _ windows: ArraySlice<Window>, _ composer: RowComposer, _ lookback: Int64,
    into changes: inout Changes, _ counters: inout RuleCounters
  ) throws {
    guard let first = windows.first, let last = windows.last else { return }
    let range = TimeRange(from: first.end - lookback, to: last.end - 1)
    let risk = try ledger.riskEvents(in: range).sorted {
      ($0.time, $0.id.digits) < ($1.time, $1.id.digits)
    }
    var from = 0
    var to = 0
    for window in windows {
      while from < risk.count, risk[from].time < window.end - lookback { from += 1 }
      to = max(to, from)
      while to < risk.count, risk[to].time < window.end { to += 1 }
      let rows = try rows(of: risk[from..<to], in: window, composer)
      try settle(rows, in: window, composer, into: &changes, &counters)
    }
  }

  private func rows(
    of risk: ArraySlice<RiskEvent>, in window: Window, _ composer: RowComposer
  ) throws -> [ResultRow] {
    let plan = composer.rule.plan
    let lookups = try LookupsAtTime(of: composer.rule, before: window, ledger)
    var groups: [GroupKey: EngineGroup] = [:]
    for risk in risk {
      let name = RecordIdentity(eventID: nil, contentHash: Array(risk.id.digits.utf8))
      plan.contributions(of: risk.event, record: name) { outcome in
        guard case .contribution(let contribution) = outcome else { return }
        groups[
          contribution.key,
          default: EngineGroup(
            key: contribution.key, state: plan.emptyState(for: contribution.key))
        ].state.add(contribution)
      }
    }
    return composer.rows(of: Array(groups.values), in: window, lookups: lookups).rows
      .sorted { $0.id.digits < $1.id.digits }
  }

  /// The window's rows in place of those that it had.
  private func settle(
    _ rows: [ResultRow], in window: Window, _ composer: RowComposer, into changes: inout Changes,
    _ counters: inout RuleCounters
  ) throws {
    let standing = try StandingRows(of: composer.rule.planHash, in: window, ledger)
    counters.rows += standing.replace(with: rows, in: &changes)
  }
}

extension EngineRule {
  /// How far an incident rule looks back from the end of a window, in seconds.
  var lookback: Int64 { rule.sidecar.lookback ?? 86_400 }

  /// Whether it reads risk events and not records.
  package var isIncident: Bool { plan.source == .riskEvents }
}

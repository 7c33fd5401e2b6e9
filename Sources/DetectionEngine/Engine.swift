package import Detections
package import Events
package import Findings
import Streaming

/// The stateful half: batches in, findings and risk out, each batch in one commit of the ledger.
///
/// One thread has it. Nothing of it is lost with the process: an engine over the same ledger goes
/// on where the last commit stands, with the same rows and ids.
package struct Engine: Sendable {
  /// Bounds on what is kept.
  package struct Limits: Equatable, Sendable {
    /// Contributing records kept for a row.
    package var recordsOfRow = 20
    /// Groups in memory; the others are loaded again when a record changes them.
    package var cachedGroups = 4096
    /// Groups of a rule that are followed in one window.
    package var groupsOfWindow = 100_000

    package init() {}
  }

  /// A window is closed when the clock has passed its end by this many seconds.
  package static let grace: Int64 = 600

  package private(set) var rules: RuleSet
  /// Since this engine was started, by plan hash.
  package private(set) var counters: [String: RuleCounters] = [:]
  /// Since when each plan that runs has run, and all that it ever counted; known from the first
  /// batch on.
  package private(set) var accounts: [String: RuleAccount] = [:]

  private let ledger: any Ledger
  private let techniques: Techniques
  private var risk: RiskSettings
  private let limits: Limits
  private var composers: [String: RowComposer] = [:]
  private var cache: GroupCache
  /// Regular expressions that were given up, as counted so far, by plan.
  private var countedLimits: [String: Int] = [:]

  package init(
    _ rules: RuleSet, ledger: any Ledger, techniques: Techniques, risk: RiskSettings = .none,
    limits: Limits = Limits()
  ) {
    self.rules = rules
    self.ledger = ledger
    self.techniques = techniques
    self.risk = risk
    self.limits = limits
    cache = GroupCache(limit: limits.cachedGroups)
    use(rules)
  }

  /// Replaces the rules that are on; what a rule that is no longer on still has in a batch is
  /// passed over.
  ///
  /// Factors and identities hold for risk that is raised from here on.
  package mutating func use(_ rules: RuleSet, risk: RiskSettings? = nil) {
    self.rules = rules
    self.risk = risk ?? self.risk
    accounts = [:]
    countedLimits = [:]
    composers = Dictionary(
      rules.rules.map { ($0.planHash, composer(of: $0)) }, uniquingKeysWith: { first, _ in first })
  }

  private func composer(of rule: EngineRule) -> RowComposer {
    RowComposer(
      rule, techniques: techniques, settings: risk, recordsOfRow: limits.recordsOfRow)
  }

  /// Evaluates a batch and commits all of it, file positions included.
  ///
  /// `now` is the wall clock: whether a window has closed and retention go by it, nothing else
  /// does. Where this throws nothing has happened, and the same batch may be applied again.
  ///
  /// - Returns: What was committed.
  @discardableResult
  package mutating func apply(_ batch: RowBatch, now: Timestamp) throws -> Changes {
    try commit(try outcome(of: batch, now: now))
  }

  /// Makes the rows of the earliest changed window again, for rules that look at several rows or
  /// wait for the window to close.
  ///
  /// One commit; to be called until it answers nil, when no batch waits, since what changes again
  /// is made again. What has changed and is not yet made again is in the ledger.
  ///
  /// - Returns: What was committed; nil where nothing was due.
  @discardableResult
  package mutating func evaluateWindow(now: Timestamp) throws -> Changes? {
    var step = WindowStep(ledger: ledger, composers: composers, now: now)
    guard var outcome = try step.outcome() else { return nil }
    var settled = accounts
    for (plan, counted) in outcome.counters {
      var account =
        try accounts[plan] ?? RuleAccount.of(plan, in: ledger) ?? RuleAccount(since: nil)
      account.counters.add(counted)
      outcome.changes.groups[RuleAccount.id(of: plan)] = account.encode()
      settled[plan] = accounts[plan] == nil ? nil : account
    }
    try ledger.commit(outcome.changes)
    accounts = settled
    for (plan, counted) in outcome.counters {
      counters[plan, default: RuleCounters()].add(counted)
    }
    return outcome.changes
  }

  /// Evaluates incident rules where risk has changed since they last looked, or time has gone on.
  ///
  /// One commit a rule; to be called when no batch waits, since what changes again is evaluated
  /// again.
  ///
  /// - Returns: Whether anything was committed.
  @discardableResult
  package mutating func evaluateIncidents(now: Timestamp) throws -> Bool {
    var hasChanged = false
    for (plan, composer) in composers where composer.rule.isIncident {
      var counted = RuleCounters()
      let step = IncidentStep(ledger: ledger, now: now)
      guard var changes = try step.changes(of: composer, counters: &counted) else { continue }
      var account =
        try accounts[plan] ?? RuleAccount.of(plan, in: ledger) ?? RuleAccount(since: nil)
      account.counters.add(counted)
      changes.groups[RuleAccount.id(of: plan)] = account.encode()
      try ledger.commit(changes)
      accounts[plan] = accounts[plan] == nil ? nil : account
      counters[plan, default: RuleCounters()].add(counted)
      hasChanged = true
    }
    return hasChanged
  }

  /// Notes that a plan has now seen all that there is to read.
  ///
  /// - Returns: What was committed; nil where the plan does not run.
  @discardableResult
  package mutating func noteBackfill(of plan: String, now: Timestamp) throws -> Changes? {
    guard let composer = composers[plan] else { return nil }
    var outcome = try outcome(of: RowBatch(), now: now)
    outcome.changes.takenSince = [composer.ruleID]
    outcome.accounts[plan]?.since = nil
    outcome.changes.groups[RuleAccount.id(of: plan)] = outcome.accounts[plan]?.encode()
    return try commit(outcome)
  }

  private mutating func commit(_ outcome: EngineStep.Outcome) throws -> Changes {
    try ledger.commit(outcome.changes)
    for id in outcome.changes.forgotten { cache.forget(id) }
    for (id, group) in outcome.groups { cache.keep(group, as: id) }
    for (plan, counted) in outcome.counters {
      counters[plan, default: RuleCounters()].add(counted)
    }
    accounts = outcome.accounts
    for (plan, hits) in outcome.patternLimits { countedLimits[plan, default: 0] += hits }
    return outcome.changes
  }

  // A step ends with its function, and with it its hold on the cache, which would be copied
  // otherwise.

  private func outcome(of batch: RowBatch, now: Timestamp) throws -> EngineStep.Outcome {
    var step = step(batch, now: now)
    return try step.outcome()
  }

  /// What readers have counted since it was last committed.
  private var newPatternLimits: [String: Int] {
    composers.mapValues { $0.rule.plan.patternLimitHits }
      .merging(countedLimits) { now, before in now - before }.filter { $0.value > 0 }
  }

  private func step(_ batch: RowBatch, now: Timestamp) -> EngineStep {
    EngineStep(
      batch: batch, composers: composers, ledger: ledger, cache: cache,
      accounts: accounts, limits: limits, patternLimits: newPatternLimits, now: now)
  }
}

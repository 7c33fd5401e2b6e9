import Detections
import Events
import Findings
import Streaming

/// One batch on its way to one commit; nothing outside changes before that.
struct EngineStep {
  struct Outcome {
    var changes: Changes
    /// Groups as they are after the batch.
    var groups: [GroupID: EngineGroup]
    var counters: [String: RuleCounters]
    /// Of every plan that runs.
    var accounts: [String: RuleAccount]
    var patternLimits: [String: Int]
  }

  let batch: RowBatch
  let composers: [String: RowComposer]
  let ledger: any Ledger
  let cache: GroupCache
  /// What is known already; empty before the first step with these rules.
  let accounts: [String: RuleAccount]
  let limits: Engine.Limits
  /// Regular expressions that were given up since the last step, by plan.
  let patternLimits: [String: Int]
  let now: Timestamp

  var groups: [GroupID: EngineGroup] = [:]
  var counters: [String: RuleCounters] = [:]
  private var sightings: Sightings
  /// Windows whose risk may be another now.
  var touched: Set<Window> = []
  /// Of rules whose rows are made of whole windows.
  var changedWindows: [String: ChangedWindows] = [:]
  var followed: FollowedGroups

  init(
    batch: RowBatch, composers: [String: RowComposer], ledger: any Ledger, cache: GroupCache,
    accounts: [String: RuleAccount], limits: Engine.Limits, patternLimits: [String: Int],
    now: Timestamp
  ) {
    self.batch = batch
    self.composers = composers
    self.ledger = ledger
    self.cache = cache
    self.accounts = accounts
    self.limits = limits
    self.patternLimits = patternLimits
    self.now = now
    sightings = Sightings(ledger: ledger)
    followed = FollowedGroups(ledger: ledger, limit: limits.groupsOfWindow)
  }

  mutating func outcome() throws -> Outcome {
    let hits = batch.hits.filter { composers[$0.planHash] != nil }
    try sightings.lookUp(hits.map { batch.sighting(of: $0) })
    for hit in hits {
      try composers[hit.planHash]?.rule.clock.measure { try count(hit) }
    }
    return try commitment()
  }

  private mutating func commitment() throws -> Outcome {
    var changes = Changes()
    changes.files = batch.files
    changes.deadLetters = batch.deadLetters
    changes.scans = batch.scans
    changes.pushes = batch.pushes
    changes.integrity = batch.integrity
    changes.integrityForgotten = batch.integrityForgotten
    changes.changedAt = now
    changes.seen = sightings.new
    try bound(into: &changes)
    for (id, group) in groups { try settle(group, as: id, into: &changes) }
    try changes.giveWay(toRowsOfJobsIn: ledger)
    try takeJobRows(into: &changes)
    try TouchedWindows.touch(touched, composers, ledger, into: &changes)
    for (plan, windows) in changedWindows {
      changes.groups[ChangedWindows.id(of: plan)] = windows.encode()
    }
    changes.groups.merge(sightings.indexes) { $1 }
    keepRecords(in: &changes)
    for (plan, hits) in patternLimits {
      counters[plan, default: RuleCounters()].patternLimits += hits
    }
    let accounts = try settleAccounts(in: &changes)
    changes.inOrder()
    return Outcome(
      changes: changes, groups: groups, counters: counters, accounts: accounts,
      patternLimits: patternLimits)
  }

  /// The accounts after the batch; those that are new or have changed are committed.
  private func settleAccounts(in changes: inout Changes) throws -> [String: RuleAccount] {
    var settled = accounts
    if accounts.isEmpty || accounts.count != composers.count {
      let last = try RunningPlans.last(in: ledger)
      for plan in composers.keys {
        var account = try RuleAccount.of(plan, in: ledger) ?? RuleAccount(since: nil)
        if let last, !last.contains(plan) { account.since = now }
        settled[plan] = account
        changes.groups[RuleAccount.id(of: plan)] = account.encode()
      }
      // When all rules are off this comes with each batch, and is news only once.
      let running = Set(composers.keys)
      if last != running {
        let (id, bytes) = RunningPlans.change(to: running)
        changes.groups[id] = bytes
      }
    }
    for (plan, counted) in counters {
      settled[plan]?.counters.add(counted)
      changes.groups[RuleAccount.id(of: plan)] = settled[plan]?.encode()
    }
    return settled
  }

  private mutating func count(_ hit: RowBatch.Hit) throws {
    let record = batch.records[hit.record]
    let sighting = batch.sighting(of: hit)
    var counted = counters[hit.planHash] ?? RuleCounters()
    defer { counters[hit.planHash] = counted }
    let ids = hit.contributions.map { GroupID($0.key, plan: hit.planHash, sighting.window) }
    let verdict = try sightings.record(sighting, groups: ids)
    if verdict == .duplicate {
      counted.duplicates += 1
      return
    }
    counted.records += 1
    counted.truncated += hit.truncations
    for field in hit.dropped { counted.dropped[field, default: 0] += 1 }
    if sighting.window.isClosed(at: now) { counted.late += 1 }
    let reference = EngineGroup.Reference(
      time: record.stored.time, hash: record.stored.contentHash)
    let isFuture = FutureEvents.include(record.stored.time, now: now)
    for (id, known) in zip(ids, hit.contributions) {
      guard try followed.contains(id) else {
        counted.leftOut += 1
        continue
      }
      var contribution = known
      if isFuture { contribution.marks.append(FutureEvents.mark) }
      var group = try group(id, key: contribution.key)
      group.add(contribution, of: reference, cap: limits.recordsOfRow)
      groups[id] = group
    }
    if case .contested(let groupsOfOthers) = verdict {
      counted.contested += 1
      try contest(ids + groupsOfOthers)
    }
  }

  private mutating func contest(_ ids: [GroupID]) throws {
    for id in Set(ids) where try followed.contains(id) {
      guard var group = try known(id) else { continue }
      group.isContested = true
      groups[id] = group
    }
  }

  /// Leaves out groups of windows that have too many, and marks what rows these have.
  private mutating func bound(into changes: inout Changes) throws {
    let (left, others) = try followed.bound(groups.keys)
    for id in others where groups[id] == nil { groups[id] = try known(id) }
    for id in left {
      if let group = try known(id), group.hasRow, let composer = composers[id.plan] {
        changes.withdrawn.append(composer.rowID(of: group.key, in: id.window))
        touched.insert(id.window)
        counters[id.plan, default: RuleCounters()].rows -= 1
      }
      groups[id] = nil
    }
    changes.forgotten += left
    changes.groups.merge(followed.changes) { $1 }
    for plan in followed.newlyBounded {
      counters[plan, default: RuleCounters()].cappedWindows += 1
    }
  }

  private mutating func group(_ id: GroupID, key: GroupKey) throws -> EngineGroup {
    if let group = try known(id) { return group }
    guard let composer = composers[id.plan] else {
      preconditionFailure("hits of plans that are off are passed over")
    }
    followed.add(id)
    return EngineGroup(key: key, state: composer.rule.plan.emptyState(for: key))
  }

  func known(_ id: GroupID) throws -> EngineGroup? {
    if let group = groups[id] ?? cache.group(id) { return group }
    guard let bytes = try ledger.group(id) else { return nil }
    do throws(StreamingProblem) {
      return try EngineGroup(decoding: bytes)
    } catch {
      throw EngineProblem.groupState(rule: composers[id.plan]?.rule.rule.name ?? "", error)
    }
  }

  /// The group's row and its risk, or its withdrawal, and the group's bytes.
  private mutating func settle(
    _ group: EngineGroup, as id: GroupID, into changes: inout Changes
  ) throws {
    guard let composer = composers[id.plan] else { return }
    if composer.rule.isMadeByWindow {
      changes.groups[id] = group.encode()
      var windows = try changedWindows[id.plan] ?? ChangedWindows(of: id.plan, in: ledger)
      windows.insert(id.window)
      changedWindows[id.plan] = windows
      return
    }
    var group = group
    let marks = followed.marks(of: id)
    if let row = composer.row(of: group, in: id.window, marks: marks) {
      changes.rows.append(row)
      let risk = composer.riskEvents(of: row)
      changes.riskEvents += risk
      if !risk.isEmpty || group.hasRow { touched.insert(id.window) }
      if !group.hasRow { counters[id.plan]?.rows += 1 }
      group.hasRow = true
    } else if group.hasRow {
      changes.withdrawn.append(composer.rowID(of: group.key, in: id.window))
      touched.insert(id.window)
      counters[id.plan]?.rows -= 1
      group.hasRow = false
    }
    groups[id] = group
    changes.groups[id] = group.encode()
  }

  /// The texts of the batch's records that a changed group stands on, each once.
  private func keepRecords(in changes: inout Changes) {
    let wanted = Set(groups.values.flatMap { $0.references.map(\.hash) })
    var kept: Set<[UInt8]> = []
    for record in batch.records
    where wanted.contains(record.stored.contentHash)
      && kept.insert(record.stored.contentHash).inserted
    {
      changes.records.append(record.stored)
    }
  }
}

extension RowBatch {
  func sighting(of hit: Hit) -> Sighting {
    let record = records[hit.record]
    return Sighting(
      plan: hit.planHash, window: Window(containing: record.stored.time),
      record: record.identity)
  }
}

extension GroupID {
  /// A group's name in the store: a hash of its key, which with descriptions in it can be long.
  init(_ key: GroupKey, plan: String, _ window: Window) {
    self.init(plan: plan, window: window, key: hashedBytes([key.bytes]))
  }
}

extension Changes {
  /// Puts rows and risk into an order of their own, so that a commit never depends on how a
  /// dictionary happens to be laid out.
  mutating func inOrder() {
    rows.sort { $0.id.digits < $1.id.digits }
    withdrawn.sort { $0.digits < $1.digits }
    riskEvents.sort { $0.id.digits < $1.id.digits }
  }
}

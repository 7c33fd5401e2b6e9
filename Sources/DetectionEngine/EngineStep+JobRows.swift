import Events
import Findings
import Streaming

/// Rows that jobs wrote, on their way into a commit: of each the highest version is the row,
/// whatever order they are read in.
///
/// Where records of the same row are read here too, the job's row stands as long as it qualifies;
/// what was made here shows where no job has one.
extension EngineStep {
  /// The mark of a row that another text of the rule has made.
  static let otherPlanMark = "made by another version of the rule"

  mutating func takeJobRows(into changes: inout Changes) throws {
    changes.jobBatches = batch.jobBatches
    changes.notTaken = batch.notTaken
    guard !batch.jobRows.isEmpty else { return }
    let newest = newestVersions()
    let known = try ledger.rowVersions(of: newest.map(\.id))
    let news = newest.filter { known[$0.id].map(\.version) ?? .min < $0.row.version }
    changes.leaveOut(Set(news.lazy.filter { $0.row.content != nil }.map(\.id)))
    for (id, composer, row) in news {
      let stood = known[id]?.stands ?? false
      changes.rowVersions.append(
        RowVersion(row: id, window: row.window, version: row.version, stands: row.content != nil))
      if let content = row.content {
        put(row, content, composer, into: &changes)
        if !stood { counters[composer.rule.planHash, default: RuleCounters()].rows += 1 }
      } else if stood {
        try withdraw(row, id, composer, into: &changes)
        counters[composer.rule.planHash, default: RuleCounters()].rows -= 1
      }
    }
  }

  /// The batch's rows of rules that run, each in its highest version.
  private func newestVersions() -> [(id: RowID, composer: RowComposer, row: JobRow)] {
    let rules = Dictionary(
      composers.values.filter { !$0.rule.isIncident }.map { ($0.ruleID, $0) },
      uniquingKeysWith: { first, _ in first })
    var newest: [RowID: (id: RowID, composer: RowComposer, row: JobRow)] = [:]
    for row in batch.jobRows {
      guard let composer = rules[row.ruleID] else { continue }
      let id = composer.rowID(of: GroupKey(row.key), in: row.window)
      if let known = newest[id], known.row.version >= row.version { continue }
      newest[id] = (id, composer, row)
    }
    return newest.values.sorted { $0.id.digits < $1.id.digits }
  }

  private mutating func put(
    _ row: JobRow, _ content: RowContent, _ composer: RowComposer, into changes: inout Changes
  ) {
    var content = content
    if row.plan != composer.rule.planHash { content.marks.append(Self.otherPlanMark) }
    if FutureEvents.include(content.last, now: now) {
      content.marks.append(FutureEvents.mark.string)
    }
    let records = row.records.prefix(composer.recordsOfRow)
    let made = composer.row(
      GroupKey(row.key), content, in: row.window, records: records.map(\.contentHash))
    changes.rows.append(made)
    changes.records += records
    changes.riskEvents += composer.riskEvents(of: made)
    // An earlier version may have raised risk that this one does not.
    touched.insert(row.window)
  }

  /// Takes a row back, and shows in its place what records read here give.
  private mutating func withdraw(
    _ row: JobRow, _ id: RowID, _ composer: RowComposer, into changes: inout Changes
  ) throws {
    touched.insert(row.window)
    let plan = composer.rule.planHash
    let local = GroupID(GroupKey(row.key), plan: plan, row.window)
    if composer.rule.isMadeByWindow {
      changes.withdrawn.append(id)
      var windows = try changedWindows[plan] ?? ChangedWindows(of: plan, in: ledger)
      windows.insert(row.window)
      changedWindows[plan] = windows
    } else if let group = try self.known(local), group.hasRow,
      let made = composer.row(of: group, in: row.window, marks: followed.marks(of: local))
    {
      changes.rows.append(made)
      changes.riskEvents += composer.riskEvents(of: made)
    } else {
      changes.withdrawn.append(id)
    }
  }
}

extension Changes {
  /// Leaves alone those rows that a job has written and not withdrawn.
  mutating func giveWay(toRowsOfJobsIn ledger: any Ledger) throws {
    guard !rows.isEmpty || !withdrawn.isEmpty else { return }
    let versions = try ledger.rowVersions(of: rows.map(\.id) + withdrawn)
    let standing = Set(versions.values.lazy.filter(\.stands).map(\.row))
    guard !standing.isEmpty else { return }
    rows.removeAll { standing.contains($0.id) }
    withdrawn.removeAll { standing.contains($0) }
    riskEvents.removeAll { standing.contains($0.row) }
  }

  /// Takes back what the commit would do to some rows.
  fileprivate mutating func leaveOut(_ ids: Set<RowID>) {
    rows.removeAll { ids.contains($0.id) }
    withdrawn.removeAll { ids.contains($0) }
    riskEvents.removeAll { ids.contains($0.row) }
  }
}

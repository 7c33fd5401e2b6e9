import Detections
import Events
import Findings
import Streaming

/// Makes result rows and risk events of one rule's groups.
struct RowComposer: Sendable {
  let rule: EngineRule
  private let risk: RiskComposer
  /// Contributing records that a row names at most.
  let recordsOfRow: Int

  init(
    _ rule: EngineRule, techniques: Techniques, settings: RiskSettings,
    recordsOfRow: Int = Engine.Limits().recordsOfRow
  ) {
    self.rule = rule
    self.recordsOfRow = recordsOfRow
    risk = RiskComposer(rule.rule, techniques: techniques, settings: settings)
  }

  func rowID(of key: GroupKey, in window: Window) -> RowID {
    RowID(digits: hashedName(["row".bytes, ruleID.bytes, window.bytes, key.bytes]))
  }

  func riskEvents(of row: ResultRow) -> [RiskEvent] { risk.events(of: row) }

  /// The row of a group; nil while it does not qualify.
  func row(of group: EngineGroup, in window: Window, marks: [String] = []) -> ResultRow? {
    guard group.state.firstTime != nil,
      let values = rule.plan.row(key: group.key, state: group.state, window: window)
    else { return nil }
    return row(group.key, rule.plan.columns, values, of: [group], in: window, marks: marks)
  }

  /// The rows of all groups of a window, sorted by their keys' bytes where each stands for itself,
  /// and what becomes of lookup tables.
  func rows(
    of groups: [EngineGroup], in window: Window, lookups: any LookupTables, marks: [String] = []
  ) -> (rows: [ResultRow], writes: [TableWrite]) {
    if rule.plan.tableStagesAreRowLocal {
      return (groups.compactMap { row(of: $0, in: window, marks: marks) }, [])
    }
    let table = rule.plan.windowTable(
      groups.map { (key: $0.key, state: $0.state) }, window: window, lookups: lookups)
    let rows = table.rows.map { row in
      self.row(
        row.key, table.columns, row.values, of: row.origins.map { groups[$0] }, in: window,
        marks: marks)
    }
    return (rows, table.writes)
  }

  /// A row that stands on some groups; the time of one that stands on none, as of a lookup table,
  /// is its window's.
  private func row(
    _ key: GroupKey, _ columns: [Text], _ values: [Value], of groups: [EngineGroup],
    in window: Window, marks: [String]
  ) -> ResultRow {
    let newest = groups.max {
      ($0.state.lastTime?.seconds ?? .min, $1.key) < ($1.state.lastTime?.seconds ?? .min, $0.key)
    }
    var content = RowContent(
      count: groups.reduce(0) { $0 + Int($1.state.count) },
      first: groups.compactMap(\.state.firstTime).min() ?? window.start,
      last: newest?.state.lastTime ?? window.end - 1)
    content.columns = columns
    content.values = values
    content.sample = newest?.state.sample ?? [:]
    content.marks = marks + self.marks(of: groups)
    return row(key, content, in: window, records: records(of: groups))
  }

  /// A row by what is known of it, with its roles and its finding.
  func row(
    _ key: GroupKey, _ content: RowContent, in window: Window, records: [[UInt8]]
  ) -> ResultRow {
    let fields = RowValues(
      columns: content.columns, values: content.values, sample: content.sample)
    let roles = rule.rule.sidecar.roles.compactMapValues { fields.text(of: $0) }
    let identity = identity(roles, key: key)
    return ResultRow(
      id: rowID(of: key, in: window), rule: rule.rule.name, ruleID: ruleID, window: window,
      key: key.bytes, columns: content.columns, values: content.values, count: content.count,
      firstSeen: content.first, lastSeen: content.last, sample: content.sample,
      roles: roles.byPaneRole, finding: finding(identity), identity: identity.map { $0 ?? "" },
      marks: content.marks, records: records)
  }

  /// Content hashes of contributing records, the newest first.
  private func records(of groups: [EngineGroup]) -> [[UInt8]] {
    guard groups.count != 1 else { return groups[0].references.map(\.hash) }
    var hashes: [[UInt8]] = []
    for reference in groups.flatMap(\.references).sorted()
    where hashes.count < recordsOfRow && hashes.last != reference.hash {
      hashes.append(reference.hash)
    }
    return hashes
  }

  var ruleID: String { rule.rule.detection.id }

  /// The roles that the sidecar says name the finding, else the values of the key.
  private func identity(_ roles: [String: String], key: GroupKey) -> [String?] {
    guard let names = rule.rule.sidecar.identity else {
      return key.values.map { $0.text?.string }
    }
    return names.map { roles[$0] }
  }

  private func finding(_ identity: [String?]) -> FindingID {
    FindingID(
      digits: hashedName(["finding".bytes, ruleID.bytes] + identity.map { $0?.bytes }))
  }

  private func marks(of groups: [EngineGroup]) -> [String] {
    var marks = Set(groups.flatMap(\.state.marks)).sorted().map(\.string)
    if groups.contains(where: \.isContested) { marks.append(EngineGroup.contestedMark) }
    return marks
  }
}

/// What a row holds by name: its columns, then its sample.
struct RowValues {
  let columns: [Text]
  let values: [Value]
  let sample: [Text: Value]

  func value(of field: String) -> Value {
    let name = Text(field)
    if let index = columns.firstIndex(of: name), !values[index].isNull { return values[index] }
    return sample[name] ?? .null
  }

  /// The first source that has a value.
  func text(of sources: [RoleSource]) -> String? {
    for source in sources {
      if let text = text(of: source) { return text }
    }
    return nil
  }

  private func text(of source: RoleSource) -> String? {
    switch source {
    case .constant(let text): return text
    case .field(let field): return value(of: field).text?.string
    case .lastPart(let field, let part):
      guard let text = value(of: field).text?.string else { return nil }
      if let part, !text.utf8.contains(part.utf8) { return nil }
      return String(
        Substring(text.utf8.split(separator: UInt8(ascii: "/")).last ?? text.utf8.suffix(0)))
    }
  }
}

extension [String: String] {
  /// Those roles that panes know.
  fileprivate var byPaneRole: [PaneRole: String] {
    var known: [PaneRole: String] = [:]
    for (name, value) in self {
      if let role = PaneRole(rawValue: name) { known[role] = value }
    }
    return known
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}

extension Window {
  /// The start as eight bytes.
  var bytes: [UInt8] { withUnsafeBytes(of: start.seconds.bigEndian) { Array($0) } }
}

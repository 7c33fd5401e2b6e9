import Detections
import Events
import Findings
import Streaming

/// Makes result rows and risk events of one rule's groups.
struct RowComposer: Sendable {
  let rule: EngineRule
  private let risk: RiskComposer

  init(_ rule: EngineRule, techniques: Techniques, settings: RiskSettings) {
    self.rule = rule
    risk = RiskComposer(rule.rule, techniques: techniques, settings: settings)
  }

  func rowID(of key: GroupKey, in window: Window) -> RowID {
    RowID(digits: hashedName(["row".bytes, ruleID.bytes, window.bytes, key.bytes]))
  }

  func riskEvents(of row: ResultRow) -> [RiskEvent] { risk.events(of: row) }

  /// The row of a group; nil while it does not qualify.
  func row(of group: EngineGroup, in window: Window) -> ResultRow? {
    guard let values = rule.plan.row(key: group.key, state: group.state),
      let first = group.state.firstTime, let last = group.state.lastTime
    else { return nil }
    let fields = RowValues(
      columns: rule.plan.columns, values: values, sample: group.state.sample)
    let roles = rule.rule.sidecar.roles.compactMapValues { fields.text(of: $0) }
    let identity = identity(roles, key: group.key)
    return ResultRow(
      id: rowID(of: group.key, in: window), rule: rule.rule.name, ruleID: ruleID, window: window,
      key: group.key.bytes, columns: rule.plan.columns, values: values,
      count: Int(group.state.count), firstSeen: first, lastSeen: last,
      sample: group.state.sample, roles: roles.byPaneRole, finding: finding(identity),
      identity: identity.map { $0 ?? "" }, marks: marks(of: group),
      records: group.references.map(\.hash))
  }

  private var ruleID: String { rule.rule.detection.id }

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

  private func marks(of group: EngineGroup) -> [String] {
    var marks = group.state.marks.sorted().map(\.string)
    if group.isContested { marks.append(EngineGroup.contestedMark) }
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

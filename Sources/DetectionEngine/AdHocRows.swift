import Events
import Streaming

/// The groups of one rule in an ad-hoc run.
struct AdHocRows: Sendable {
  private let plan: Plan
  private var groups: [(key: GroupKey, state: GroupState)] = []
  private var places: [GroupKey: Int] = [:]
  private var seen: Set<RecordIdentity> = []
  /// Which groups an eventID counted in, for records that must be marked when another comes.
  private var byEventID: [Text: [Int]] = [:]
  private var contested: Set<Int> = []
  private(set) var dropped: [Text: Int] = [:]
  private(set) var duplicates = 0
  private(set) var truncated = 0
  private var showsMarks = false

  init(_ plan: Plan) { self.plan = plan }

  /// Takes what a record gives; with an identity a second copy counts nothing.
  mutating func add(_ outcomes: [Outcome], of identity: RecordIdentity?) {
    if let identity, !seen.insert(identity).inserted {
      duplicates += 1
      return
    }
    var touched: [Int] = []
    for outcome in outcomes {
      switch outcome {
      case .contribution(var contribution):
        if identity == nil, plan.isEvent(contribution.key) {
          contribution.key = copy(of: contribution.key)
        }
        touched.append(add(contribution))
      case .dropped(let field): dropped[field, default: 0] += 1
      case .truncated: truncated += 1
      }
    }
    guard let eventID = identity?.eventID else { return }
    if let others = byEventID[eventID] { contested.formUnion(others + touched) }
    byEventID[eventID, default: []] += touched
  }

  /// A key of its own for each copy of a listed record, as Splunk lists copies.
  private func copy(of key: GroupKey) -> GroupKey {
    GroupKey(key.values + [.string(String(groups.count))], part: key.part)
  }

  private mutating func add(_ contribution: Contribution) -> Int {
    let place = places[contribution.key] ?? groups.count
    if place == groups.count {
      groups.append((contribution.key, plan.emptyState(for: contribution.key)))
      places[contribution.key] = place
    }
    groups[place].state.add(contribution)
    return place
  }

  /// The search's own rows; with marks a last column of them.
  func table(withMarks: Bool) -> AdHocTable {
    let marksColumn = withMarks ? [BatchRun.marksColumn] : []
    if plan.rowsAreGroups, !groups.isEmpty {
      var rows = self
      rows.showsMarks = withMarks
      return AdHocTable(rows, columns: plan.columns + marksColumn, order: plan.order(of: groups))
    }
    let made = plan.windowTable(groups)
    var table = Table(columns: made.columns + marksColumn)
    for row in made.rows {
      table.rows.append(row.values + (withMarks ? [marks(ofGroups: row.origins)] : []))
    }
    return AdHocTable(table)
  }

  /// The row that a group comes to; nil where a stage drops it.
  func row(ofGroup index: Int) -> [Value]? {
    guard var row = plan.row(key: groups[index].key, state: groups[index].state) else { return nil }
    if showsMarks { row.append(marks(ofGroups: [index])) }
    return row
  }

  /// The marks of the groups that a row stands on.
  private func marks(ofGroups origins: [Int]) -> Value {
    let isContested = !contested.isEmpty && origins.contains(where: contested.contains)
    if !isContested, origins.allSatisfy({ groups[$0].state.marks.isEmpty }) { return .null }
    var marks = Set(origins.flatMap { groups[$0].state.marks }).sorted()
    if isContested { marks.append(Text(EngineGroup.contestedMark)) }
    return Value(marks.map(Value.text))
  }
}

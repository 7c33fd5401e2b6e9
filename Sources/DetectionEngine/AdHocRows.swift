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

  /// The search's own rows.
  func table() -> Table { plan.table(groups) }

  /// The rows with a last column of marks: those of the groups that each row stands on.
  func markedTable() -> Table {
    let made = plan.windowTable(groups)
    var table = Table(columns: made.columns + [BatchRun.marksColumn])
    for row in made.rows {
      var marks = Set(row.origins.flatMap { groups[$0].state.marks }).sorted()
      if row.origins.contains(where: contested.contains) {
        marks.append(Text(EngineGroup.contestedMark))
      }
      table.rows.append(row.values + [Value(marks.map(Value.text))])
    }
    return table
  }
}

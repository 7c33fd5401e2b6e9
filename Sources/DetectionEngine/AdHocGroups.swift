import Events
import Streaming

/// Groups of one rule in an ad-hoc run that are in memory: their states, and which of them count
/// records of a contested eventID.
struct AdHocGroups: Sendable {
  let plan: Plan
  private(set) var list: [(key: GroupKey, state: GroupState)] = []
  private(set) var contested: Set<Int> = []
  /// About how many bytes of memory they take.
  private(set) var weight = 0
  private var places: [GroupKey: Int] = [:]

  init(_ plan: Plan) { self.plan = plan }

  /// What a group takes without its texts, and a text that an aggregate keeps.
  private static let groupWeight = 850
  private static let textWeight = 96

  /// Adds to the group of that key, and answers its place.
  mutating func add(_ contribution: Contribution) -> Int {
    let place = place(of: contribution.key)
    let before = list[place].state.keptTexts
    list[place].state.add(contribution)
    weight += (list[place].state.keptTexts - before) * Self.textWeight
    return place
  }

  /// Adds what the group of that key had come to before.
  mutating func add(
    _ state: GroupState, of key: GroupKey, isContested: Bool
  ) throws(StreamingProblem) {
    let place = place(of: key)
    try list[place].state.merge(state)
    weight += state.keptTexts * Self.textWeight
    if isContested { contested.insert(place) }
  }

  mutating func contest(_ places: some Sequence<Int>) { contested.formUnion(places) }

  private mutating func place(of key: GroupKey) -> Int {
    if let place = places[key] { return place }
    weight += Self.groupWeight + key.textBytes(beside: list.last?.key)
    places[key] = list.count
    list.append((key, plan.emptyState(for: key)))
    return list.count - 1
  }

  /// The row that a group comes to; nil where a stage drops it.
  func row(ofGroup index: Int, withMarks: Bool) -> [Value]? {
    guard var row = plan.row(key: list[index].key, state: list[index].state) else { return nil }
    if withMarks { row.append(marks(ofGroups: [index])) }
    return row
  }

  /// The marks of the groups that a row stands on.
  func marks(ofGroups origins: [Int]) -> Value {
    let isContested = !contested.isEmpty && origins.contains(where: contested.contains)
    if !isContested, origins.allSatisfy({ list[$0].state.marks.isEmpty }) { return .null }
    var marks = Set(origins.flatMap { list[$0].state.marks }).sorted()
    if isContested { marks.append(Text(EngineGroup.contestedMark)) }
    return Value(marks.map(Value.text))
  }
}

extension GroupKey {
  /// Bytes of texts that are not the same words in memory as those of the other key: groups of one
  /// record share most of theirs.
  fileprivate func textBytes(beside other: GroupKey?) -> Int {
    var bytes = 0
    for (index, value) in values.enumerated() {
      guard case .text(let text) = value else { continue }
      if let other, index < other.values.count, case .text(let known) = other.values[index],
        known.isSame(as: text)
      {
        continue
      }
      let count = text.string.utf8.count
      // Shorter ones are kept in place of a pointer.
      if count > 15 { bytes += count + 32 }
    }
    return bytes
  }
}

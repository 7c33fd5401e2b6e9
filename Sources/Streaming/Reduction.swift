import Events
import SPL

/// A `stats` command made ready: which values of an event go to which rows.
struct Reduction: Sendable {
  /// Combinations of the values of BY fields that one event may have.
  static let maximumCombinations = 10_000

  let by: [Text]
  private let functions: [AggregateFunction]
  private let inputs: [Text?]
  /// The BY fields, then the aggregates.
  let columns: [Text]
  private let nulls: NullPolicy

  init(_ stats: Stats, nulls: NullPolicy) {
    by = stats.by.map { Text($0) }
    functions = stats.aggregates.map(\.function)
    inputs = stats.aggregates.map { $0.field.map { Text($0) } }
    columns = by + stats.aggregates.map { Text($0.name) }
    self.nulls = nulls
  }

  var emptyState: GroupState { GroupState(aggregates: functions.map(AggregateState.init)) }

  /// The row of a group, before any later stage.
  func row(_ key: GroupKey, _ state: GroupState) -> [Value] {
    key.values + state.aggregates.map(\.result)
  }

  /// Gives a contribution for each combination of the BY fields' values.
  ///
  /// `record` holds the fields that derived values are read from.
  func reduce(
    _ fields: any FieldSource, record: any FieldSource, time: Timestamp?,
    sample: () -> [Text: Value], emit: (Outcome) -> Void
  ) {
    var combinations: [[Value]] = [[]]
    var isTruncated = false
    var marks: [Text] = []
    for field in by {
      var value = fields.value(of: field)
      if value.isNull {
        switch nulls.value(instead: field, in: record) {
        case .dropped: return emit(.dropped(field: field))
        case .kept(let mark): marks.append(mark)
        case .derived(let other, let mark):
          value = other
          marks.append(mark)
        }
      }
      isTruncated = extend(&combinations, with: value) || isTruncated
    }
    if isTruncated { emit(.truncated) }
    let contribution = Contribution(
      key: GroupKey([]), inputs: inputs.map { $0.map { fields.value(of: $0) } ?? Reduction.once },
      time: time, sample: sample(), marks: marks)
    for values in combinations {
      var one = contribution
      one.key = GroupKey(values)
      emit(.contribution(one))
    }
  }

  /// What a plain `count` counts of an event.
  private static let once = Value.number(.whole(1))

  /// Gives each combination every one of the values, and answers whether some were left out.
  private func extend(_ combinations: inout [[Value]], with value: Value) -> Bool {
    guard case .many(let all) = value else {
      for index in combinations.indices { combinations[index].append(value) }
      return false
    }
    var seen: Set<Value> = []
    let values = all.filter { seen.insert($0).inserted }
    let room = max(1, Reduction.maximumCombinations / combinations.count)
    let kept = values.prefix(room)
    combinations = combinations.flatMap { start in kept.map { start + [$0] } }
    return kept.count < values.count
  }
}

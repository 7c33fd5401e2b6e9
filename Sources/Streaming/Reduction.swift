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
      extend(&combinations, with: value, emit: emit)
    }
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

  private func extend(
    _ combinations: inout [[Value]], with value: Value, emit: (Outcome) -> Void
  ) {
    guard case .many(let all) = value else {
      for index in combinations.indices { combinations[index].append(value) }
      return
    }
    var seen: Set<Value> = []
    var values = all.filter { seen.insert($0).inserted }
    let room = max(1, Reduction.maximumCombinations / combinations.count)
    if values.count > room {
      values = Array(values.prefix(room))
      emit(.truncated)
    }
    combinations = combinations.flatMap { start in values.map { start + [$0] } }
  }
}

/// What becomes of a row whose BY field is null.
struct NullPolicy: Sendable {
  enum Answer {
    case dropped
    case kept(mark: Text)
    case derived(Value, mark: Text)
  }

  /// As Splunk has it: the row is dropped.
  static let splunk = NullPolicy(keeps: [], derives: [:])

  private let keeps: Set<Text>
  private let derives: [Text: [Text]]

  private init(keeps: Set<Text>, derives: [Text: [Text]]) {
    self.keeps = keeps
    self.derives = derives
  }

  init(_ settings: PlanSettings) {
    self =
      settings.exact
      ? .splunk : NullPolicy(keeps: settings.keepNull, derives: settings.derive)
  }

  func value(instead field: Text, in record: any FieldSource) -> Answer {
    for source in derives[field] ?? [] {
      let value = record.value(of: source)
      if !value.isNull { return .derived(value, mark: NullPolicy.mark(field, from: source)) }
    }
    return keeps.contains(field) ? .kept(mark: Text("\(field) is null")) : .dropped
  }

  /// `digest from response`: the last word of the column, and the part of the record.
  private static func mark(_ field: Text, from source: Text) -> Text {
    let word =
      field.string.lastIndex { $0.isUppercase || $0 == "_" || $0 == "." }
      .map { field.string[$0...] } ?? field.string[...]
    let part =
      switch source.string.split(separator: ".").first {
      case "responseElements": "response"
      case "requestParameters": "request"
      default: source.string
      }
    return Text("\(word.trimmingSeparators.lowercased()) from \(part)")
  }
}

extension Substring {
  fileprivate var trimmingSeparators: Substring { drop { $0 == "_" || $0 == "." } }
}

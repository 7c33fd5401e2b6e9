import Events

/// Makes the result row of one group after another, where each stands alone: no table is built.
struct RowMaker: Sendable {
  private let reduction: Reduction
  private let stages: [EventStage]
  private let columns: [Text]
  private let names: GroupFieldNames

  /// Nil where rows are no groups, or later stages look at several of them.
  init?(_ plan: Plan) {
    guard plan.tableStagesAreRowLocal, case .groups(let reduction) = plan.output else { return nil }
    var stages: [EventStage] = []
    for stage in plan.tail {
      guard case .rows(let more, _) = stage else { return nil }
      stages += more
    }
    self.reduction = reduction
    self.stages = stages
    columns = plan.columns
    names = GroupFieldNames(by: reduction.by, aggregates: reduction.names)
  }

  /// The row, as long as the plan's columns; nil where a stage drops it.
  func row(_ key: GroupKey, _ state: GroupState, _ moment: SearchMoment) -> [Value]? {
    let fields = GroupFields(names, key.values, reduction.results(of: state))
    var row: [Value]?
    stages.run(PassingEvent(time: nil, moment: moment, fields: fields)) { passing in
      row = columns.map { passing.fields.value(of: $0) }
    }
    return row
  }
}

/// The columns of a `stats` by name: where in a group's key or results each value is.
struct GroupFieldNames: Sendable {
  let all: [Text]
  private let places: [Text: Int]

  /// Of a column that is named twice the last value counts.
  init(by: [Text], aggregates: [Text]) {
    all = (by + aggregates).unique
    var places: [Text: Int] = [:]
    for (place, name) in (by + aggregates).enumerated() { places[name] = place }
    self.places = places
    placesInOrder = all.map { places[$0] ?? 0 }
  }

  private let placesInOrder: [Int]

  func place(of name: Text) -> Int? {
    // Columns are asked for by the copies of their names that are here.
    for index in all.indices where all[index].isSame(as: name) { return placesInOrder[index] }
    return places[name]
  }
}

/// A group as fields: the values of its key, then the results of its aggregates.
final class GroupFields: FieldSource {
  private let fieldNames: GroupFieldNames
  private let key: [Value]
  private let results: [Value]

  init(_ names: GroupFieldNames, _ key: [Value], _ results: [Value]) {
    fieldNames = names
    self.key = key
    self.results = results
  }

  func value(of field: Text) -> Value {
    guard let place = fieldNames.place(of: field) else { return .null }
    return place < key.count ? key[place] : results[place - key.count]
  }

  var names: [Text] { fieldNames.all.filter { !value(of: $0).isNull } }
}

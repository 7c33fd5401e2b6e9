import Events
import SPL

/// A `stats` command made ready: which values of an event go to which rows.
struct Reduction: Sendable {
  /// Combinations of the values of BY fields that one event may have.
  static let maximumCombinations = 10_000

  private enum Input: Sendable {
    /// The row itself.
    case row
    case field(Text)
    case formula(Formula)
    /// Of `count(eval(...))`: the row where it holds, or is neither null nor a truth value.
    case held(Formula)
  }

  let by: [Text]
  let functions: [AggregateFunction]
  private let inputs: [Input]
  /// The BY fields, then the aggregates, each name once.
  let columns: [Text]
  let names: [Text]
  private let nulls: NullPolicy
  /// The fields that BY fields and inputs are below the renaming on top of every row, nil for none.
  ///
  /// Nil where no renaming lies on top, which is else passed by.
  private var sources: (by: [Text?], inputs: [Text?])?

  /// The aggregates must name their fields: `values(*)` is filled in before.
  init(_ stats: Stats, nulls: NullPolicy, limits: LimitCount) throws(PatternProblem) {
    by = stats.by.map { Text($0) }
    functions = stats.aggregates.map(\.function)
    var inputs: [Input] = []
    for aggregate in stats.aggregates { inputs.append(try Reduction.input(of: aggregate, limits)) }
    self.inputs = inputs
    names = stats.aggregates.map { Text($0.name) }
    columns = (by + names).unique
    self.nulls = nulls
  }

  private static func input(
    of aggregate: Aggregate, _ limits: LimitCount
  ) throws(PatternProblem) -> Input {
    switch aggregate.argument {
    case .rows: return .row
    case .field(let field): return .field(Text(field))
    case .fields(let pattern): return .field(Text(pattern.runs.joined(separator: "*")))
    case .expression(let expression):
      let formula = try Formula(expression, limits: limits)
      return aggregate.function == .count ? .held(formula) : .formula(formula)
    }
  }

  /// The same for rows that all have that renaming on top.
  func below(_ renaming: RenameMap) -> Reduction {
    guard renaming.isPlain else { return self }
    var reduction = self
    reduction.sources = (
      by.map(renaming.source),
      inputs.map { input in
        if case .field(let field) = input { renaming.source(of: field) } else { nil }
      }
    )
    return reduction
  }

  var emptyState: GroupState { GroupState(functions) }

  /// Whether what comes out depends on the order of the rows.
  var readsOrder: Bool { functions.contains(where: \.readsOrder) }

  /// The row of a group, before any later stage; a column that is named twice has the last value.
  func row(_ key: GroupKey, _ state: GroupState) -> [Text: Value] {
    var row: [Text: Value] = [:]
    func set(_ name: Text, _ value: Value) { row[name] = value.isNull ? nil : value }
    for (name, value) in zip(by, key.values) { set(name, value) }
    for (name, value) in named(results(of: state)) { set(name, value) }
    return row
  }

  /// Each aggregate's column with its value.
  func named(_ results: [Value]) -> Zip2Sequence<[Text], [Value]> { zip(names, results) }

  /// What the aggregates of a group have come to.
  func results(of state: GroupState) -> [Value] {
    zip(state.aggregates, functions).map { $0.result(of: $1) }
  }

  /// What each aggregate has of a row.
  func values(of row: FormulaRow) -> [Value] {
    inputs.indices.map { index in
      switch inputs[index] {
      case .row: Reduction.once
      case .field(let field): value(field, sources.map { $0.inputs[index] }, in: row.fields)
      case .formula(let formula): formula.evaluate(row).value
      case .held(let formula):
        switch formula.evaluate(row) {
        case .truth(let truth): truth ? Reduction.once : .null
        case .value(let value): value.isNull ? .null : Reduction.once
        }
      }
    }
  }

  /// A field of a row; `source` is what it is below the renaming on top, where that is known.
  private func value(_ field: Text, _ source: Text??, in fields: any FieldSource) -> Value {
    guard let source, let renamed = fields as? RenamedFields else { return fields.value(of: field) }
    return source.map(renamed.below.value) ?? .null
  }

  /// Gives a contribution for each combination of the BY fields' values.
  ///
  /// `record` holds the fields that derived values are read from.
  func reduce(
    _ row: FormulaRow, record: any FieldSource, time: Timestamp?, place: EventPlace,
    sample: () -> [Text: Value], emit: (Outcome) -> Void
  ) {
    var single: [Value] = []
    single.reserveCapacity(by.count)
    var hasMany = false
    var marks: [Text] = []
    for (index, field) in by.enumerated() {
      var value = value(field, sources.map { $0.by[index] }, in: row.fields)
      if value.isNull {
        switch nulls.value(instead: field, in: record) {
        case .dropped: return emit(.dropped(field: field))
        case .kept(let mark): marks.append(mark)
        case .derived(let other, let mark):
          value = other
          marks.append(mark)
        }
      }
      if case .many = value { hasMany = true }
      single.append(value)
    }
    var contribution = Contribution(
      key: GroupKey([]), inputs: values(of: row), time: time, place: place,
      rowTime: readsOrder ? row.fields.value(of: "_time").number : nil, sample: sample(),
      marks: marks)
    guard hasMany else {
      contribution.key = GroupKey(single)
      return emit(.contribution(contribution))
    }
    let (combinations, isTruncated) = Reduction.combinations(of: single)
    if isTruncated { emit(.truncated) }
    for values in combinations {
      contribution.key = GroupKey(values)
      emit(.contribution(contribution))
    }
  }

  /// Every combination of the values of the fields, and whether some were left out.
  private static func combinations(of fields: [Value]) -> ([[Value]], isTruncated: Bool) {
    var combinations: [[Value]] = [[]]
    var isTruncated = false
    for value in fields { isTruncated = extend(&combinations, with: value) || isTruncated }
    return (combinations, isTruncated)
  }

  /// What a plain `count` counts of an event.
  private static let once = Value.number(.whole(1))

  /// Gives each combination every one of the values, and answers whether some were left out.
  private static func extend(
    _ combinations: inout [[Value]], with value: Value
  ) -> Bool {
    guard case .many(let all) = value else {
      for index in combinations.indices { combinations[index].append(value) }
      return false
    }
    var seen: Set<Text> = []
    let values = all.filter { $0.text.map { seen.insert($0).inserted } ?? false }
    let room = max(1, Reduction.maximumCombinations / combinations.count)
    let kept = values.prefix(room)
    combinations = combinations.flatMap { start in kept.map { start + [$0] } }
    return kept.count < values.count
  }
}

extension [Text] {
  /// Each once, where it comes first.
  var unique: [Text] {
    var seen: Set<Text> = []
    return filter { seen.insert($0).inserted }
  }
}

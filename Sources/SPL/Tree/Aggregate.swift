/// `stats` and `eventstats`.
package struct Stats: Equatable, Sendable {
  /// At least one.
  package var aggregates: [Aggregate]
  /// A row is in the group of each of its values; where one is null, see the settings of a plan.
  package var by: [FieldName]

  package init(aggregates: [Aggregate], by: [FieldName]) {
    self.aggregates = aggregates
    self.by = by
  }
}

/// `min(_time) as firstTime`.
package struct Aggregate: Equatable, Sendable {
  package enum Argument: Equatable, Sendable {
    /// Plain `count`: of the rows.
    case rows
    /// Nulls are left out, of several values each counts.
    case field(FieldName)
    /// `eval(...)`: what it gives for a row; `count` counts the rows where it holds, or is neither
    /// null nor a truth value.
    case expression(Expression)
    /// `values(a.*) as *`: a column for each field that fits, without those that begin with `_`
    /// and BY fields. `name` holds as many `*`.
    case fields(Pattern)
  }

  package var function: AggregateFunction
  package var argument: Argument
  /// The column: after `as`, else as Splunk names it, `min(_time)`, `count`.
  package var name: FieldName

  package init(_ function: AggregateFunction, _ argument: Argument, as name: FieldName) {
    self.function = function
    self.argument = argument
    self.name = name
  }

  package init(_ function: AggregateFunction, _ field: FieldName?, as name: FieldName) {
    self.init(function, field.map(Argument.field) ?? .rows, as: name)
  }

  /// The one field it reads, where it reads just one.
  package var field: FieldName? {
    if case .field(let field) = argument { field } else { nil }
  }
}

/// What is made of the values of a group that are not null.
///
/// Of numbers only, where nothing else is said; null where there is none.
package enum AggregateFunction: Hashable, Sendable {
  case count
  /// `dc`, `distinct_count`.
  case distinctCount
  /// Each text once, by bytes.
  case values
  /// All values in the order of the rows; Splunk keeps 100, we all.
  case list
  /// Of numbers; of texts where some value is no number.
  case min, max
  /// `avg` and `mean`.
  case sum, average, sumOfSquares
  /// Of a sample, `n - 1`; 0 for one value.
  case deviation, variance
  /// Of a population, `n`.
  case populationDeviation, populationVariance
  /// Greatest minus least.
  case range
  /// The most frequent; of several the first by bytes.
  case mode
  /// `perc50`.
  case median
  /// `perc95`, `p95`, `exactperc99.9`: from 0 to 100, exact.
  case percentile(Double)
  /// Of the first and last row, whatever the value is.
  case first, last
  /// Of the row with the least and greatest `_time`.
  case earliest, latest

  /// Whether the result depends on the order in which the rows come.
  package var readsOrder: Bool {
    switch self {
    case .list, .first, .last, .earliest, .latest: true
    default: false
    }
  }
}

/// `streamstats`: each row with the aggregates over the rows up to it.
package struct StreamStats: Equatable, Sendable {
  package var stats: Stats
  /// Over so many rows at most; nil for all so far.
  package var window: Int?
  /// Whether the row itself belongs to them.
  package var current: Bool
  /// With a window and BY: whether the window is of all rows, of which those of the group count,
  /// or each group has its own.
  package var global: Bool

  package init(stats: Stats, window: Int? = nil, current: Bool = true, global: Bool = true) {
    self.stats = stats
    self.window = window
    self.current = current
    self.global = global
  }
}

/// `tstats ... from datamodel=Risk.All_Risk where ... by ...`: aggregates over the risk events,
/// whose fields are named `All_Risk.x`, `_time` aside.
package struct RiskStats: Equatable, Sendable {
  package var stats: Stats
  package var predicate: Predicate
  package var times: TimeModifiers
  /// `by _time span=1h`: `_time` is rounded down before it is grouped by.
  package var timeSpan: Span?
  /// `fillnull_value=x`: what a null BY field counts as.
  package var fillNull: String?

  package init(
    stats: Stats, predicate: Predicate = .everything, times: TimeModifiers = .none,
    timeSpan: Span? = nil, fillNull: String? = nil
  ) {
    self.stats = stats
    self.predicate = predicate
    self.times = times
    self.timeSpan = timeSpan
    self.fillNull = fillNull
  }
}

/// `top limit=5 a b by c` and `rare`: the most and least frequent combinations of values, of each
/// group; rows without one of the fields are left out.
package struct Frequencies: Equatable, Sendable {
  package enum Order: String, Equatable, Sendable { case top, rare }

  package var order: Order
  package var fields: [FieldName]
  package var by: [FieldName]
  /// Of each group; nil for all, 10 unless written.
  package var limit: Int?
  /// The columns with number and share (of 100, six places); nil hides them.
  package var countField: FieldName?
  package var percentField: FieldName?
  /// `useother`: a row of this name for all that the limit cuts off.
  package var other: String?

  package init(
    _ order: Order, fields: [FieldName], by: [FieldName] = [], limit: Int? = Self.defaultLimit,
    countField: FieldName? = "count", percentField: FieldName? = "percent", other: String? = nil
  ) {
    self.order = order
    self.fields = fields
    self.by = by
    self.limit = limit
    self.countField = countField
    self.percentField = percentField
    self.other = other
  }

  package static let defaultLimit = 10
}

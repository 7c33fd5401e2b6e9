/// `chart count over a by b` and `timechart span=1h count by b`: a row for each value of one field,
/// a column for each value of another.
package struct Chart: Equatable, Sendable {
  /// At least one; with several, columns are named `count: value`.
  package var aggregates: [Aggregate]
  /// What rows are of: `_time` for `timechart`.
  package var row: FieldName
  /// What the row field is rounded down to.
  package var span: Span?
  /// Whose values are columns, every one of them, where Splunk keeps ten; nil for a column an
  /// aggregate.
  package var column: FieldName?
  /// The column of rows without that field; nil leaves them out.
  package var nullColumn: String?
  /// Whether moments between the first and the last that nothing fell into are rows too.
  package var isContinuous: Bool

  package init(
    _ aggregates: [Aggregate], row: FieldName, span: Span? = nil, column: FieldName? = nil,
    nullColumn: String? = Self.defaultNullColumn, isContinuous: Bool = false
  ) {
    self.aggregates = aggregates
    self.row = row
    self.span = span
    self.column = column
    self.nullColumn = nullColumn
    self.isContinuous = isContinuous
  }

  package static let defaultNullColumn = "NULL"
  package static let time = "_time"
}

/// `xyseries row column value`: rows with the same value of one field become one, each with a
/// column for every value of another.
package struct Pivot: Equatable, Sendable {
  package var row: FieldName
  package var column: FieldName?
  /// At least one; with several, columns are named `count: value`.
  package var values: [FieldName]
  /// Those whose empty cells are 0.
  package var counts: Set<FieldName>
  /// The distance of rows where those between the first and last that are missing are made.
  package var step: Span?

  package init(
    row: FieldName, column: FieldName?, values: [FieldName], counts: Set<FieldName> = [],
    step: Span? = nil
  ) {
    self.row = row
    self.column = column
    self.values = values
    self.counts = counts
    self.step = step
  }
}

/// `untable row column value`: a row for each column of each row but one, with its name and value.
package struct Unpivot: Equatable, Sendable {
  package var row: FieldName
  package var column: FieldName
  package var value: FieldName

  package init(row: FieldName, column: FieldName, value: FieldName) {
    self.row = row
    self.column = column
    self.value = value
  }
}

import Diagnostics

/// The commands that make columns of values, and rows of columns.
extension StageParser {
  /// `count over a by b`, `count by a, b`; by one field the same as `stats`.
  mutating func chart() throws(Diagnostic) -> Command {
    var reading = ChartOptions(command: "chart")
    let aggregates = try aggregates(&reading)
    let hasOver = skipKeyword("over")
    guard hasOver || skipKeyword("by") else {
      throw missing("field for its rows", of: "chart", example: "chart count over user")
    }
    let row = try field()
    var column: FieldName?
    while current != nil {
      skipCommas()
      if try reading.readOption(&self) { continue }
      if hasOver, column == nil, skipKeyword("by") {}
      guard column == nil, current != nil else { throw unexpected("the end of the command") }
      column = try field()
    }
    if column == nil, reading.span == nil {
      return .stats(Stats(aggregates: aggregates, by: [row]))
    }
    return .chart(
      Chart(
        aggregates, row: row, span: reading.span, column: column, nullColumn: reading.nullColumn))
  }

  /// `span=1h count by user`.
  mutating func timeChart() throws(Diagnostic) -> Command {
    var reading = ChartOptions(command: "timechart")
    let aggregates = try aggregates(&reading)
    var column: FieldName?
    while current != nil {
      if try reading.readOption(&self) { continue }
      guard column == nil, skipKeyword("by") else { throw unexpected("'by', or the end") }
      column = try field()
    }
    guard let span = reading.span else {
      throw missing("span", of: "timechart", example: "timechart span=1h count")
    }
    return .chart(
      Chart(
        aggregates, row: Chart.time, span: span, column: column, nullColumn: reading.nullColumn,
        isContinuous: true))
  }

  private mutating func aggregates(
    _ reading: inout ChartOptions
  ) throws(Diagnostic) -> [Aggregate] {
    var columns: Set<FieldName> = []
    var aggregates: [Aggregate] = []
    while let word = current?.wording, !word.isKeyword("by"), !word.isKeyword("over") {
      if try reading.readOption(&self) { continue }
      aggregates.append(try aggregate(&columns))
      skipCommas()
    }
    guard aggregates.isEmpty == false else {
      throw fails(ArgumentProblem.missingAggregate(reading.command))
    }
    return aggregates
  }

  /// `row column value...`.
  mutating func pivot() throws(Diagnostic) -> Pivot {
    let fields = try threeFields(of: "xyseries")
    return Pivot(row: fields[0], column: fields[1], values: Array(fields.dropFirst(2)))
  }

  /// `row column value`.
  mutating func unpivot() throws(Diagnostic) -> Unpivot {
    let fields = try threeFields(of: "untable")
    guard fields.count == 3 else {
      throw fails(
        TextProblem.unexpected(
          found: quoted(fields[3]), expected: "the end of the command"))
    }
    return Unpivot(row: fields[0], column: fields[1], value: fields[2])
  }

  private mutating func threeFields(of command: String) throws(Diagnostic) -> [FieldName] {
    var fields: [FieldName] = []
    while current != nil {
      if let option = option() {
        throw refusal(
          of: option,
          OptionNames(command: command, known: [], unsupported: ["format", "grouped", "sep"]))
      }
      fields.append(try field())
      skipCommas()
    }
    guard fields.count >= 3 else {
      throw missing(
        "three fields", of: command, example: "\(command) user eventName count")
    }
    return fields
  }
}

/// The options of `chart` and `timechart` as they are read.
private struct ChartOptions {
  let command: String
  private(set) var span: Span?
  private var usesNull: Bool?
  private var nullText: String?

  init(command: String) { self.command = command }

  var nullColumn: String? { usesNull == false ? nil : nullText ?? Chart.defaultNullColumn }

  /// False where no option begins.
  mutating func readOption(_ parser: inout StageParser) throws(Diagnostic) -> Bool {
    guard let option = parser.option() else { return false }
    switch option.text.lowercased() {
    case "span": try parser.set(&span, option, parser.span())
    case "usenull": try parser.set(&usesNull, option, parser.flag(option))
    case "nullstr": try parser.set(&nullText, option, parser.text("a text").text)
    case "limit":
      // Every value has its column: only no limit says the same.
      let value = try parser.text("a number")
      guard value.text == "0" else {
        throw value.fails(
          ArgumentProblem.invalidChoice(value.text, option: "limit", choices: ["0"]))
      }
    case "useother": _ = try parser.flag(option)
    default:
      throw parser.refusal(
        of: option,
        .init(
          command: command, known: ["span", "limit", "useother", "usenull", "nullstr"],
          unsupported: [
            "agg", "aligntime", "bins", "cont", "fixedrange", "format", "minspan", "otherstr",
            "partial", "sep",
          ]))
    }
    return true
  }
}

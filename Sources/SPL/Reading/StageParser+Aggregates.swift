import Diagnostics

/// `count, dc(x) as n, values(eval(...))`.
extension StageParser {
  /// The next aggregate; `columns` are the names that are taken.
  mutating func aggregate(
    _ columns: inout Set<FieldName>, takesExpressions: Bool = true
  ) throws(Diagnostic) -> Aggregate {
    let word = try text("a function")
    let function = readFunction(word)
    var argument = Aggregate.Argument.rows
    var column = word.text
    if skip(.leftParenthesis) {
      let open = previous
      if current?.kind != .rightParenthesis {
        argument = try self.argument(takesExpressions: takesExpressions)
      }
      try close(open)
      if argument != .rows { column += "(\(argument.title))" }
    }
    if argument == .rows, let function, function != .count {
      let example = "\(word.text)(user)"
      throw word.fails(
        ArgumentProblem.missing("field to work on", command: word.text, example: example))
    }
    if skipKeyword("as") { column = try columnName(for: argument) }
    if columns.insert(column).inserted == false {
      throw word.fails(ArgumentProblem.repeatedColumn(column))
    }
    return Aggregate(function ?? .count, argument, as: column)
  }

  /// Nil after a report: the arguments may hold more problems.
  private mutating func readFunction(_ word: Word) -> AggregateFunction? {
    do throws(Diagnostic) {
      return try AggregateName.function(word)
    } catch {
      report(error)
      return nil
    }
  }

  private mutating func argument(
    takesExpressions: Bool
  ) throws(Diagnostic) -> Aggregate.Argument {
    let word = try text("a field")
    if takesExpressions, word.wording.isKeyword("eval"), let open = current,
      skip(.leftParenthesis)
    {
      let expression = try expression()
      try close(open)
      return .expression(expression)
    }
    guard word.wording.pattern.hasWildcard else { return .field(try name(of: word)) }
    return .fields(word.wording.pattern)
  }

  /// After `as`.
  private mutating func columnName(
    for argument: Aggregate.Argument
  ) throws(Diagnostic) -> FieldName {
    let word = try fieldText("a name after 'as'")
    guard case .fields(let pattern) = argument else { return try name(of: word) }
    guard word.wording.pattern.runs.count == pattern.runs.count,
      word.wording.hasLiteralStar == false
    else {
      throw word.fails(ArgumentProblem.renameWildcards(from: argument.title, to: word.text))
    }
    return word.text
  }

  /// `a, b` after `by`; `options` takes what stands between that is no field.
  mutating func groups(
    _ columns: inout Set<FieldName>, options: (inout StageParser) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) -> [FieldName] {
    var fields: [FieldName] = []
    repeat {
      if fields.isEmpty == false, try options(&self) { continue }
      let place = current
      let name = try field("a field after 'by'")
      if let place, columns.insert(name).inserted == false {
        throw place.fails(ArgumentProblem.repeatedColumn(name))
      }
      fields.append(name)
      skipCommas()
    } while current != nil
    return fields
  }
}

extension Aggregate.Argument {
  /// As a column's name has it within the parentheses.
  var title: String {
    switch self {
    case .rows: ""
    case .field(let name): name
    case .expression(let expression): "eval(\(expression.canonicalText))"
    case .fields(let pattern): pattern.runs.joined(separator: "*")
    }
  }
}

/// The functions of `stats` by name.
enum AggregateName {
  static let supported = [
    "avg", "count", "dc", "distinct_count", "earliest", "first", "last", "latest", "list", "max",
    "mean", "median", "min", "mode", "perc95", "range", "stdev", "stdevp", "sum", "sumsq",
    "values", "var", "varp",
  ]

  private static let unsupported: Set<String> = [
    "earliest_time", "estdc", "estdc_error", "latest_time", "per_day", "per_hour", "per_minute",
    "per_second", "rate", "sparkline",
  ]

  private static let others: [String: AggregateFunction] = [
    "c": .count, "distinct_count": .distinctCount, "mean": .average,
  ]

  /// Names are read without case.
  static func function(_ word: StageParser.Word) throws(Diagnostic) -> AggregateFunction {
    let name = word.wording.bareText?.lowercased() ?? ""
    if let function = AggregateFunction.named[name] ?? others[name] { return function }
    let start = name.firstIndex { $0.isNumber } ?? name.endIndex
    switch name[..<start] {
    case "p", "perc", "exactperc":
      guard start < name.endIndex else { break }
      guard let percent = Double(name[start...]), (0...100).contains(percent) else {
        throw word.fails(ArgumentProblem.invalidNumber(String(name[start...]), option: "perc"))
      }
      return .percentile(percent)
    case "upperperc" where start < name.endIndex:
      throw word.fails(ArgumentProblem.unsupportedFunction(word.text, functions: supported))
    default: break
    }
    throw word.fails(
      unsupported.contains(name)
        ? ArgumentProblem.unsupportedFunction(word.text, functions: supported)
        : .unknownFunction(word.text, functions: supported))
  }
}

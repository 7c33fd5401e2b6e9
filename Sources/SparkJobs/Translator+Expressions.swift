import SPL

/// Expressions of `eval` and `where`, and the aggregates of `stats`.
extension Translator {
  mutating func expression(_ expression: Expression) -> PythonCode {
    switch expression {
    case .literal(.text(let text)): .call("text", [.text(text)])
    case .literal(.number(let number)): .call("number", [.atom("\(number)")])
    case .literal(.truth(let value)): .call("truth", [truth(value)])
    case .literal(.null): .call("null", [])
    case .field(let name): .call("field", [.text(name)])
    case .negative(let inner): .call("negative", [self.expression(inner)])
    case .arithmetic(let left, let sign, let right):
      .call(
        "arithmetic", [self.expression(left), .text(sign.rawValue), self.expression(right)])
    case .concatenation(let left, let right):
      .call("concatenation", [self.expression(left), self.expression(right)])
    case .compare(let left, let comparison, let right):
      .call(
        "compare", [self.expression(left), .text(comparison.rawValue), self.expression(right)])
    case .like(let value, .literal(.text(let pattern))):
      .call("like", [self.expression(value), .text(pattern)])
    case .like: refuse("a pattern of 'like' that is computed")
    case .within(let value, let options):
      .call("within", ([value] + options).map { self.expression($0) })
    default: composed(expression)
    }
  }

  private mutating func composed(_ expression: Expression) -> PythonCode {
    switch expression {
    case .not(let inner): .call("negation", [self.expression(inner)])
    case .and(let parts): .call("all_of", parts.map { self.expression($0) })
    case .or(let parts): .call("any_of", parts.map { self.expression($0) })
    case .exclusiveOr(let left, let right):
      .call("exclusive", [self.expression(left), self.expression(right)])
    case .conditional(let condition, let then, let otherwise):
      .call("if_else", [condition, then, otherwise].map { self.expression($0) })
    case .cases(let branches): .call("cases", pairs(branches))
    case .validate(let branches):
      .call("cases", pairs(branches) + [.named("until", truth(false))])
    case .searchMatch(let predicate): condition(predicate)
    case .multivalueFilter(let name, let condition):
      .call("mvfilter", [.text(name), self.expression(condition)])
    case .multivalueMap: refuse("'mvmap', which is not translated")
    case .call(let function, let arguments): call(function, arguments)
    default: refuse("an expression that is not translated")
    }
  }

  private mutating func pairs(_ branches: [Expression.Branch]) -> [PythonCode] {
    branches.map { .tuple([expression($0.condition), expression($0.value)]) }
  }

  /// Functions whose arguments are all values of a row, by the name they have in the job.
  private static let plain: [EvalFunction: (name: String, arguments: ClosedRange<Int>)] = [
    .coalesce: ("coalesce", 1...100), .isnull: ("isnull", 1...1),
    .isnotnull: ("isnotnull", 1...1), .isnum: ("isnum", 1...1), .isint: ("isint", 1...1),
    .isstr: ("isstr", 1...1), .nullif: ("nullif", 2...2), .len: ("length", 1...1),
    .lower: ("lower", 1...1), .upper: ("upper", 1...1), .md5: ("md5", 1...1),
    .sha1: ("sha1", 1...1), .sha256: ("sha256", 1...1), .sha512: ("sha512", 1...1),
    .tonumber: ("tonumber", 1...1), .tostring: ("tostring", 1...1), .round: ("round_to", 1...1),
    .floor: ("floor", 1...1), .ceiling: ("ceiling", 1...1), .pow: ("power", 2...2),
    .sqrt: ("square_root", 1...1), .abs: ("absolute", 1...1), .exp: ("exponential", 1...1),
    .ln: ("ln", 1...1), .log: ("log10", 1...1), .exact: ("tonumber", 1...1),
    .now: ("now", 0...0), .time: ("now", 0...0), .mvappend: ("mvappend", 1...100),
    .mvcount: ("mvcount", 1...1), .mvdedup: ("mvdedup", 1...1), .mvsort: ("mvsort", 1...1),
    .trim: ("trim", 1...1), .ltrim: ("ltrim", 1...1), .rtrim: ("rtrim", 1...1),
  ]

  private mutating func call(_ function: EvalFunction, _ arguments: [Expression]) -> PythonCode {
    if let plain = Self.plain[function], plain.arguments.contains(arguments.count) {
      return .call(plain.name, arguments.map { expression($0) })
    }
    if let code = withConstants(function, arguments) { return code }
    if function == .match {
      return .call("matches_computed", arguments.map { expression($0) })
    }
    return refuse("'\(function.rawValue)' with these arguments, which is not translated")
  }

  /// Functions whose later arguments have to be written out: texts, or whole numbers.
  private mutating func withConstants(
    _ function: EvalFunction, _ arguments: [Expression]
  ) -> PythonCode? {
    let constants = arguments.dropFirst().map(\.constant)
    guard let first = arguments.first, !constants.contains(nil) else { return nil }
    let texts = constants.compactMap(\.self?.text)
    let wholes = constants.compactMap(\.self?.whole)
    switch function {
    case .substr, .mvindex, .round:
      guard wholes.count == constants.count else { return nil }
      let name = function == .round ? "round_to" : function.rawValue
      return .call(name, [expression(first)] + wholes.map(PythonCode.whole))
    case .replace:
      guard texts.count == 2 else { return nil }
      return .call("replace", [expression(first), java(texts[0]), javaReplacement(texts[1])])
    default:
      guard texts.count == 1, constants.count == 1 else { return nil }
      return withText(function, first, texts[0])
    }
  }

  private mutating func withText(
    _ function: EvalFunction, _ value: Expression, _ text: String
  ) -> PythonCode? {
    switch function {
    case .match: .call("matches", [expression(value), java(text)])
    case .mvfind: .call("mvfind", [expression(value), java(text)])
    case .trim, .ltrim, .rtrim: .call(function.rawValue, [expression(value), .text(text)])
    case .strftime: .call("strftime", [expression(value), timeFormat(text)])
    case .mvjoin: .call("mvjoin", [expression(value), .text(text)])
    case .split where !text.isEmpty: .call("split", [expression(value), .text(text)])
    default: nil
    }
  }

  // Aggregates.

  private static let aggregates: [AggregateFunction: String] = [
    .count: "count", .distinctCount: "dc", .values: "values", .list: "all_values",
    .min: "least", .max: "greatest", .sum: "total", .average: "average",
    .sumOfSquares: "sum_of_squares", .deviation: "deviation", .variance: "variance",
    .populationDeviation: "population_deviation", .populationVariance: "population_variance",
    .range: "value_range", .median: "median", .first: "first", .last: "last",
    .earliest: "earliest", .latest: "latest",
  ]

  /// The arguments of a call that groups rows.
  mutating func stats(_ stats: Stats) -> [PythonCode] {
    let made = stats.aggregates.map { aggregate -> PythonCode in
      .tuple([.text(aggregate.name), self.aggregate(aggregate)])
    }
    return made + (stats.by.isEmpty ? [] : [.named("by", .texts(stats.by))])
  }

  private mutating func aggregate(_ aggregate: Aggregate) -> PythonCode {
    let argument: PythonCode
    switch aggregate.argument {
    case .rows: return .call("count", [])
    case .field(let name): argument = .call("field", [.text(name)])
    case .expression(let inner): argument = expression(inner)
    case .fields: return refuse("an aggregate of every field that fits a pattern")
    }
    if case .percentile(let percent) = aggregate.function {
      return .call("percentile", [argument, .atom("\(percent)")])
    }
    guard let name = Self.aggregates[aggregate.function] else {
      return refuse("'\(aggregate.function.name)' in stats, which is not translated")
    }
    return .call(name, [argument])
  }
}

/// What an argument is where it is written out.
enum Constant: Equatable {
  case text(String)
  case number(Double)

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var whole: Int? {
    if case .number(let number) = self { Int(exactly: number) } else { nil }
  }
}

extension Expression {
  fileprivate var constant: Constant? {
    switch self {
    case .literal(.text(let text)): .text(text)
    case .literal(.number(let number)): .number(number)
    case .negative(.literal(.number(let number))): .number(-number)
    default: nil
    }
  }
}

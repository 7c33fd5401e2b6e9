import Events
import SPL

extension Formula {
  /// Makes an expression ready.
  ///
  /// Throws for a regular expression, written out in it, that is none.
  init(_ expression: Expression, limits: LimitCount) throws(PatternProblem) {
    func ready(_ expression: Expression) throws(PatternProblem) -> Formula {
      try Formula(expression, limits: limits)
    }
    func all(_ expressions: [Expression]) throws(PatternProblem) -> [Formula] {
      var formulas: [Formula] = []
      for one in expressions { formulas.append(try ready(one)) }
      return formulas
    }
    switch expression {
    case .literal(let literal): self = .constant(Datum(literal))
    case .field(let name): self = .field(Text(name))
    case .negative(let inner): self = .negative(try ready(inner))
    case .arithmetic(let left, let sign, let right):
      self = .arithmetic(try ready(left), sign, try ready(right))
    case .concatenation(let left, let right):
      self = .concatenation(try ready(left), try ready(right))
    case .compare(let left, let comparison, let right):
      self = .compare(try ready(left), comparison, try ready(right))
    case .like(let value, let pattern): self = .like(try ready(value), try ready(pattern))
    case .within(let value, let list): self = .within(try ready(value), try all(list))
    case .not(let inner): self = .not(try ready(inner))
    case .and(let parts): self = .and(try all(parts))
    case .or(let parts): self = .or(try all(parts))
    case .exclusiveOr(let left, let right):
      self = .exclusiveOr(try ready(left), try ready(right))
    case .conditional(let condition, let then, let otherwise):
      self = .conditional(try ready(condition), then: try ready(then), else: try ready(otherwise))
    case .cases(let branches):
      self = .branches(try Formula.ready(branches, limits), holds: true)
    case .validate(let branches):
      self = .branches(try Formula.ready(branches, limits), holds: false)
    case .searchMatch(let predicate): self = .condition(Condition(predicate))
    case .multivalueMap(let field, let body): self = .multivalueMap(Text(field), try ready(body))
    case .multivalueFilter(let field, let condition):
      self = .multivalueFilter(Text(field), try ready(condition))
    case .call(let function, let arguments):
      self = try Formula.call(function, try all(arguments), limits)
    }
  }

  private static func ready(
    _ branches: [Expression.Branch], _ limits: LimitCount
  ) throws(PatternProblem) -> [(condition: Formula, value: Formula)] {
    var ready: [(condition: Formula, value: Formula)] = []
    for branch in branches {
      ready.append(
        (
          try Formula(branch.condition, limits: limits), try Formula(branch.value, limits: limits)
        ))
    }
    return ready
  }

  /// Functions whose second argument is a pattern or a format, read once where it is written out.
  private static func call(
    _ function: EvalFunction, _ arguments: [Formula], _ limits: LimitCount
  ) throws(PatternProblem) -> Formula {
    switch function {
    case .match: .match([arguments[0]], try pattern(arguments[1], limits))
    case .replace: .replace([arguments[0], arguments[2]], try pattern(arguments[1], limits))
    case .mvfind: .find([arguments[0]], try pattern(arguments[1], limits))
    case .strftime:
      arguments[1].constantText.map { .format(arguments[0], Strftime($0.string)) }
        ?? .call(function, arguments)
    case .strptime:
      arguments[1].constantText.map { .parse(arguments[0], Strptime($0.string)) }
        ?? .call(function, arguments)
    default: .call(function, arguments)
    }
  }

  private static func pattern(
    _ formula: Formula, _ limits: LimitCount
  ) throws(PatternProblem) -> PatternSource {
    guard let text = formula.constantText else { return .computed(formula, limits) }
    return .ready(try PerlPattern(text.string, limits: limits))
  }

  private var constantText: Text? {
    if case .constant(let datum) = self { datum.text } else { nil }
  }
}

extension Datum {
  fileprivate init(_ literal: Literal) {
    self =
      switch literal {
      case .text(let text): .string(text)
      case .number(let number): .number(number)
      case .truth(let truth): .truth(truth)
      case .null: .null
      }
  }
}

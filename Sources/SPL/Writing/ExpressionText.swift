extension Expression {
  /// The expression as `where` has it.
  package var canonicalText: String { text(atLeast: .any) }

  /// How strongly what an expression is made of is bound together.
  private enum Strength: Int {
    case any, or, and, not, comparison, sum, product, sign, value
  }

  /// In parentheses where it is bound less than that.
  private func text(atLeast strength: Strength) -> String {
    self.strength.rawValue < strength.rawValue ? "(\(text))" : text
  }

  private var strength: Strength {
    switch self {
    case .or, .exclusiveOr: .or
    case .and: .and
    case .not: .not
    case .compare, .like, .within: .comparison
    case .concatenation: .sum
    case .arithmetic(_, let sign, _): sign == .add || sign == .subtract ? .sum : .product
    case .negative: .sign
    case .literal, .field, .conditional, .cases, .validate, .searchMatch, .multivalueMap,
      .multivalueFilter, .call:
      .value
    }
  }

  private var text: String {
    switch self {
    case .literal(let literal): literal.text
    case .field(let name): expressionName(name)
    case .negative(let inner): "-" + inner.text(atLeast: .sign)
    case .arithmetic(let left, let sign, let right):
      strength == .sum
        ? "\(left.text(atLeast: .sum)) \(sign.rawValue) \(right.text(atLeast: .product))"
        : "\(left.text(atLeast: .product)) \(sign.rawValue) \(right.text(atLeast: .sign))"
    case .concatenation(let left, let right):
      "\(left.text(atLeast: .sum)) . \(right.text(atLeast: .product))"
    case .compare(let left, let comparison, let right):
      "\(left.text(atLeast: .sum)) \(comparison.rawValue) \(right.text(atLeast: .sum))"
    case .like(let left, let right):
      "\(left.text(atLeast: .sum)) LIKE \(right.text(atLeast: .sum))"
    case .within(let value, let list): "\(value.text(atLeast: .sum)) IN (\(Self.list(list)))"
    case .not(let inner): "NOT " + inner.text(atLeast: .not)
    case .and(let parts): parts.map { $0.text(atLeast: .not) }.joined(separator: " AND ")
    case .or(let parts): parts.map { $0.text(atLeast: .and) }.joined(separator: " OR ")
    case .exclusiveOr(let left, let right):
      "\(left.text(atLeast: .and)) XOR \(right.text(atLeast: .and))"
    default: callText
    }
  }

  private var callText: String {
    switch self {
    case .conditional(let condition, let then, let otherwise):
      "if(\(Self.list([condition, then, otherwise])))"
    case .cases(let branches): "case(\(Self.list(branches)))"
    case .validate(let branches): "validate(\(Self.list(branches)))"
    case .searchMatch(let predicate): "searchmatch(\(quotedText(predicate.canonicalText)))"
    case .multivalueMap(let field, let body): "mvmap(\(Self.list([.field(field), body])))"
    case .multivalueFilter(_, let condition): "mvfilter(\(condition.canonicalText))"
    case .call(let function, let arguments): "\(function.rawValue)(\(Self.list(arguments)))"
    default: ""
    }
  }

  private static func list(_ parts: [Expression]) -> String { parts.map(\.canonicalText).listed }

  private static func list(_ branches: [Branch]) -> String {
    list(branches.flatMap { [$0.condition, $0.value] })
  }
}

extension Literal {
  fileprivate var text: String {
    switch self {
    case .text(let text): quotedText(text)
    case .number(let number): NumberText.shortest(number)
    case .truth(let truth): truth ? "true()" : "false()"
    case .null: "null()"
    }
  }
}

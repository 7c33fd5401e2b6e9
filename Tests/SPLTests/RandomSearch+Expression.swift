@testable import SPL

/// Expressions of which the compiler has nothing to say.
extension RandomSearch {
  /// Something that is true or false.
  mutating func condition(_ depth: Int) -> Expression {
    switch below(depth > 0 ? 12 : 4) {
    case 0: return .compare(value(0), pick(Comparison.allCases), value(depth - 1))
    case 1: return .like(value(depth - 1), .literal(.text("a%*_")))
    case 2: return .within(value(depth - 1), list(1...3) { $0.value(depth - 1) })
    case 3: return .literal(.truth(chance(2)))
    case 4, 5: return .not(condition(depth - 1))
    case 6: return .conjunction(list(2...3) { $0.condition(depth - 1) })
    case 7: return .disjunction(list(2...3) { $0.condition(depth - 1) })
    case 8: return .exclusiveOr(condition(depth - 1), condition(depth - 1))
    case 9: return .searchMatch(predicate(2))
    case 10: return .call(.match, [value(depth - 1), .literal(.text("^a\\|\"b"))])
    default: return .call(.isnull, [value(depth - 1)])
    }
  }

  /// A text, a number, null or several values.
  mutating func value(_ depth: Int) -> Expression {
    switch below(depth > 0 ? 12 : 3) {
    case 0: return .literal(.text(text()))
    case 1: return .field(name())
    case 2: return chance(4) ? .literal(.null) : number(0)
    case 3, 4: return number(depth)
    case 5: return .concatenation(value(depth - 1), value(depth - 1))
    case 6:
      return .conditional(condition(depth - 1), then: value(depth - 1), else: value(depth - 1))
    case 7: return .cases(branches(depth))
    case 8: return .validate(branches(depth))
    case 9: return .multivalueMap(name(), value(depth - 1))
    case 10:
      let field = name()
      return .multivalueFilter(field, .call(.match, [.field(field), .literal(.text("x*"))]))
    default: return call(depth)
    }
  }

  private mutating func branches(_ depth: Int) -> [Expression.Branch] {
    list(1...2) { Expression.Branch($0.condition(depth - 1), $0.value(depth - 1)) }
  }

  private mutating func number(_ depth: Int) -> Expression {
    let numbers: [Double] = [0, 1, 5, 0.25, 1e15, 1e30, 123_456.75, 5e-7, 4_503_599_627_370_497]
    guard depth > 0 else { return .literal(.number(pick(numbers))) }
    switch below(4) {
    case 0: return .negative(number(depth - 1))
    case 1: return .field(name())
    default:
      return .arithmetic(number(depth - 1), pick(Arithmetic.allCases), number(depth - 1))
    }
  }

  private mutating func call(_ depth: Int) -> Expression {
    let function = pick(EvalFunction.allCases.filter { $0.signature.result != .truth })
    switch function {
    case .tostring: return .call(function, [value(depth - 1), .literal(.text("hex"))])
    case .relativeTime: return .call(function, [value(depth - 1), .literal(.text("-1mon@w1"))])
    default:
      let signature = function.signature
      let most = min(signature.arity.upperBound, signature.arity.lowerBound + 2)
      let count = signature.arity.lowerBound + below(most - signature.arity.lowerBound + 1)
      let parameters = signature.parameters
      var arguments: [Expression] = []
      for index in 0..<count {
        let isNumber = index < parameters.count && parameters[index] == .number
        arguments.append(isNumber ? number(depth - 1) : value(depth - 1))
      }
      return .call(function, arguments)
    }
  }
}

import Diagnostics

/// What can be said of an expression before there is a row.
extension StageParser {
  /// Reports an expression that can be neither true nor false; gives it back.
  mutating func checked(_ operand: Operand) -> Expression {
    switch operand.expression.kind {
    case .text, .number, .textOrNumber:
      report(operand.fails(ExpressionProblem.notCondition(operand.shown)))
    case nil:
      if case .field(let name) = operand.expression {
        report(operand.fails(ExpressionProblem.fieldAsCondition(name)))
      }
    case .truth: break
    }
    return operand.expression
  }

  /// Reports a written text where only a number makes sense.
  mutating func refuseText(_ operand: Operand, for title: String) {
    guard case .literal(.text(let text)) = operand.expression, Double(text) == nil else { return }
    report(operand.fails(ExpressionProblem.notNumber(text, for: title)))
  }

  /// Warns of a star within a text that is compared: it stands for itself.
  mutating func warnOfStar(_ operand: Operand, isEquality: Bool) {
    guard isEquality, case .literal(.text(let text)) = operand.expression,
      text.contains("*"), text.contains(where: { $0 != "*" })
    else { return }
    warn(operand.fails(ExpressionProblem.literalStar(text)))
  }

  /// Remembers `a.b.c` without quotes, which joins fields though it looks like one.
  mutating func noteDottedName(from word: Word) {
    if let before = symbol(ahead: -2), before.kind == .operation("."), word.symbol.isJoined {
      return
    }
    var parts = [word.text]
    var end = word.symbol
    var distance = 0
    while symbol(ahead: distance)?.kind == .operation("."),
      symbol(ahead: distance)?.isJoined == true, let next = symbol(ahead: distance + 1),
      next.isJoined, let part = next.wording?.bareText,
      symbol(ahead: distance + 2)?.kind != .leftParenthesis
    {
      parts.append(part)
      end = next
      distance += 2
    }
    guard parts.count > 1 else { return }
    let span = SourceSpan(word.symbol.span.lowerBound..<end.span.upperBound)
    let problem = ExpressionProblem.dottedField(parts.joined(separator: "."))
    dottedNames.append(
      DottedName(parts: parts, diagnostic: problem.diagnostic(at: span, notes: word.symbol.notes)))
  }
}

/// `a.b.c` in an expression, and the warning of it unless `a`, `b` and `c` are known fields.
struct DottedName {
  var parts: [FieldName]
  var diagnostic: Diagnostic
}

extension StageParser.Operand {
  /// The operand as a diagnostic shows it.
  fileprivate var shown: String { expression.canonicalText }
}

/// What kind of value an expression has, where that is known without a row.
enum ValueKind: Equatable {
  case text, number, textOrNumber, truth
}

extension Expression {
  var kind: ValueKind? {
    switch self {
    case .literal(.text): .text
    case .literal(.number), .negative: .number
    case .arithmetic(_, let sign, _): sign == .add ? .textOrNumber : .number
    case .concatenation: .text
    case .literal(.truth), .compare, .like, .within, .not, .and, .or, .exclusiveOr, .searchMatch:
      .truth
    case .conditional(_, let then, let otherwise):
      then.kind == otherwise.kind ? then.kind : nil
    case .call(let function, _): function.signature.result
    case .literal(.null), .field, .cases, .validate, .multivalueMap, .multivalueFilter: nil
    }
  }
}

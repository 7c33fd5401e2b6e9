import Diagnostics
import Events
import SPL

/// An expression made ready: patterns compiled, time formats read.
indirect enum Formula: Sendable {
  case constant(Datum)
  case field(Text)
  case negative(Formula)
  case arithmetic(Formula, Arithmetic, Formula)
  case concatenation(Formula, Formula)
  case compare(Formula, Comparison, Formula)
  case like(Formula, Formula)
  case within(Formula, [Formula])
  case not(Formula)
  case and([Formula])
  case or([Formula])
  case exclusiveOr(Formula, Formula)
  case conditional(Formula, then: Formula, else: Formula)
  /// The value of the first branch whose condition is as `holds` says.
  case branches([(condition: Formula, value: Formula)], holds: Bool)
  case condition(Condition)
  case multivalueMap(Text, Formula)
  case multivalueFilter(Text, Formula)
  case match([Formula], PatternSource)
  case replace([Formula], PatternSource)
  case find([Formula], PatternSource)
  case format(Formula, Strftime)
  case parse(Formula, Strptime)
  case call(EvalFunction, [Formula])

  func evaluate(_ row: FormulaRow) -> Datum {
    switch self {
    case .constant(let datum): return datum
    case .field(let name): return .value(row.fields.value(of: name))
    case .negative(let inner): return Sums.negated(inner.evaluate(row))
    case .arithmetic(let left, let sign, let right):
      return Sums.result(left.evaluate(row), sign, right.evaluate(row))
    case .concatenation(let left, let right):
      guard let one = left.text(row), let two = right.text(row) else { return .null }
      return .string(one.string + two.string)
    case .compare, .like, .within, .not, .and, .or, .exclusiveOr, .condition:
      return truth(row).map(Datum.truth) ?? .null
    case .conditional(let condition, let then, let otherwise):
      return condition.truth(row) == true ? then.evaluate(row) : otherwise.evaluate(row)
    case .branches(let branches, let holds):
      let first = branches.first { ($0.condition.truth(row) == true) == holds }
      return first?.value.evaluate(row) ?? .null
    case .multivalueMap(let field, let body):
      return .value(
        Value(values(of: field, row).flatMap { body.evaluate($0.row).each }))
    case .multivalueFilter(let field, let condition):
      return .value(
        Value(values(of: field, row).filter { condition.truth($0.row) == true }.map(\.value)))
    default: return called(row)
    }
  }

  /// Nil for null, and for what is neither true nor false.
  func truth(_ row: FormulaRow) -> Bool? {
    switch self {
    case .compare(let left, let comparison, let right):
      return Comparing.holds(left.evaluate(row), comparison, right.evaluate(row))
    case .like(let value, let pattern):
      guard let pattern = pattern.text(row) else { return nil }
      let value = value.evaluate(row)
      guard !value.isNull else { return nil }
      let like = LikePattern(pattern)
      return value.each.contains { $0.text.map(like.matches) ?? false }
    case .within(let value, let list):
      let value = value.evaluate(row)
      guard !value.isNull else { return nil }
      return list.contains { Comparing.holds(value, .equal, $0.evaluate(row)) == true }
    case .not(let inner): return inner.truth(row).map { !$0 }
    case .and(let parts):
      let truths = parts.map { $0.truth(row) }
      return truths.contains(false) ? false : truths.contains(nil) ? nil : true
    case .or(let parts):
      let truths = parts.map { $0.truth(row) }
      return truths.contains(true) ? true : truths.contains(nil) ? nil : false
    case .exclusiveOr(let left, let right):
      guard let one = left.truth(row), let two = right.truth(row) else { return nil }
      return one != two
    case .condition(let condition): return condition.holds(in: row.fields)
    default: return evaluate(row).truth
    }
  }

  func text(_ row: FormulaRow) -> Text? { evaluate(row).text }

  private func called(_ row: FormulaRow) -> Datum {
    switch self {
    case .match(let arguments, let source):
      let value = arguments[0].evaluate(row)
      guard !value.isNull, let pattern = source.pattern(row) else { return .null }
      return .truth(value.each.contains { $0.text.map(pattern.matches) ?? false })
    case .replace(let arguments, let source):
      guard let text = arguments[0].text(row), let with = arguments[1].text(row),
        let pattern = source.pattern(row)
      else { return .null }
      let matches = pattern.matches(in: text, limit: nil)
      return .text(Replacement(with).applied(to: text, at: matches))
    case .find(let arguments, let source):
      guard let pattern = source.pattern(row) else { return .null }
      let values = arguments[0].evaluate(row).each
      let index = values.firstIndex { $0.text.map(pattern.matches) ?? false }
      return index.map(Datum.whole) ?? .null
    case .format(let seconds, let format):
      guard let number = seconds.evaluate(row).number else { return .null }
      return .value(format.string(from: number).map(Value.string) ?? .null)
    case .parse(let text, let format):
      guard let text = text.text(row), let number = format.seconds(of: text) else { return .null }
      return .value(.number(number))
    case .call(let function, let arguments):
      return Functions.result(of: function, arguments.map { $0.evaluate(row) }, row.moment)
    default: return .null
    }
  }

  private func values(of field: Text, _ row: FormulaRow) -> [(value: Value, row: FormulaRow)] {
    row.fields.value(of: field).each.map { value in
      (value, FormulaRow(AssignedField(field, value, above: row.fields), row.moment))
    }
  }
}

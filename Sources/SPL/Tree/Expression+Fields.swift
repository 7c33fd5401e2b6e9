extension Expression {
  /// The expressions that it is directly made of, from left to right.
  package var parts: [Expression] {
    switch self {
    case .literal, .field, .searchMatch: []
    case .negative(let inner), .not(let inner), .multivalueMap(_, let inner),
      .multivalueFilter(_, let inner):
      [inner]
    case .arithmetic(let left, _, let right), .compare(let left, _, let right),
      .concatenation(let left, let right), .like(let left, let right),
      .exclusiveOr(let left, let right):
      [left, right]
    case .within(let value, let list): [value] + list
    case .and(let parts), .or(let parts), .call(_, let parts): parts
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .cases(let branches), .validate(let branches):
      branches.flatMap { [$0.condition, $0.value] }
    }
  }

  /// Every field it reads; `multivalueMap`'s and those of search conditions included.
  package var fields: Set<FieldName> {
    let own: Set<FieldName> =
      switch self {
      case .field(let name), .multivalueMap(let name, _), .multivalueFilter(let name, _): [name]
      case .searchMatch(let predicate): predicate.fields
      default: []
      }
    return parts.reduce(into: own) { $0.formUnion($1.fields) }
  }

  /// The fields that it asks of a row: not those that it tests for null or gives others in place of.
  var fieldsNeeded: Set<FieldName> { fields.subtracting(fieldsTested) }

  private var fieldsTested: Set<FieldName> {
    if case .call(.coalesce, _) = self { return fields }
    if case .call(.isnull, _) = self { return fields }
    if case .call(.isnotnull, _) = self { return fields }
    return parts.reduce(into: []) { $0.formUnion($1.fieldsTested) }
  }
}

extension Predicate {
  /// The fields that its comparisons name; a term reads `_raw`.
  package var fields: Set<FieldName> {
    switch self {
    case .everything, .subsearch: []
    case .and(let parts), .or(let parts):
      parts.reduce(into: []) { $0.formUnion($1.fields) }
    case .not(let negated): negated.fields
    case .compare(let name, _, _), .compareCase(let name, _, _), .within(let name, _): [name]
    case .term, .termCase, .wholeTerm: ["_raw"]
    }
  }
}

extension Expression {
  /// Every field it reads; `multivalueMap`'s and those of search conditions included.
  package var fields: Set<FieldName> {
    switch self {
    case .literal: []
    case .field(let name): [name]
    case .negative(let inner), .not(let inner): inner.fields
    case .arithmetic(let left, _, let right), .compare(let left, _, let right),
      .concatenation(let left, let right), .like(let left, let right),
      .exclusiveOr(let left, let right):
      left.fields.union(right.fields)
    case .within(let value, let list): Self.fields(of: [value] + list)
    case .and(let parts), .or(let parts), .call(_, let parts): Self.fields(of: parts)
    case .conditional(let condition, let then, let otherwise):
      Self.fields(of: [condition, then, otherwise])
    case .cases(let branches), .validate(let branches):
      Self.fields(of: branches.flatMap { [$0.condition, $0.value] })
    case .searchMatch(let predicate): predicate.fields
    case .multivalueMap(let name, let body), .multivalueFilter(let name, let body):
      body.fields.union([name])
    }
  }

  private static func fields(of parts: [Expression]) -> Set<FieldName> {
    parts.reduce(into: []) { $0.formUnion($1.fields) }
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

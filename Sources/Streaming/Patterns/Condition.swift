import Events
import SPL

/// The conditions of a `search`, made ready to be asked of many events; those of subsearches hold
/// for all.
indirect enum Condition: Sendable {
  case everything
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case equal(Text, FoldedPattern)
  case notEqual(Text, FoldedPattern)
  case ordered(Text, Comparison, FoldedPattern)
  case within(Text, [FoldedPattern])
  case equalWithCase(Text, FoldedPattern)
  case notEqualWithCase(Text, FoldedPattern)
  case term(FoldedPattern)
  case wholeTerm(FoldedPattern)

  init(_ predicate: Predicate) {
    switch predicate {
    case .everything: self = .everything
    case .and(let parts): self = .all(parts.map(Condition.init))
    case .or(let parts): self = .any(parts.map(Condition.init))
    case .not(let part): self = .not(Condition(part))
    case .compare(let field, .equal, let pattern):
      self = .equal(Text(field), FoldedPattern(pattern))
    case .compare(let field, .notEqual, let pattern):
      self = .notEqual(Text(field), FoldedPattern(pattern))
    case .compare(let field, let comparison, let pattern):
      self = .ordered(Text(field), comparison, FoldedPattern(pattern))
    case .within(let field, let patterns):
      self = .within(Text(field), patterns.map { FoldedPattern($0) })
    case .compareCase(let field, let comparison, let pattern):
      let pattern = FoldedPattern(pattern, ignoringCase: false)
      self =
        comparison == .notEqual
        ? .notEqualWithCase(Text(field), pattern) : .equalWithCase(Text(field), pattern)
    case .term(let pattern): self = .term(FoldedPattern(pattern))
    case .termCase(let pattern): self = .term(FoldedPattern(pattern, ignoringCase: false))
    case .wholeTerm(let pattern): self = .wholeTerm(FoldedPattern(pattern))
    case .subsearch: self = .everything
    }
  }

  func holds(in fields: any FieldSource) -> Bool {
    switch self {
    case .everything: true
    case .all(let parts): parts.allSatisfy { $0.holds(in: fields) }
    case .any(let parts): parts.contains { $0.holds(in: fields) }
    case .not(let part): !part.holds(in: fields)
    case .equal(let field, let pattern):
      fields.value(of: field).hasOne { $0.equals(pattern) }
    case .notEqual(let field, let pattern):
      fields.value(of: field).hasOne { !$0.equals(pattern) }
    case .ordered(let field, let comparison, let pattern):
      fields.value(of: field).hasOne { $0.is(comparison, pattern) }
    case .within(let field, let patterns):
      fields.value(of: field).hasOne { value in patterns.contains { value.equals($0) } }
    case .equalWithCase(let field, let pattern):
      fields.value(of: field).hasOne { $0.text.map(pattern.matches) ?? false }
    case .notEqualWithCase(let field, let pattern):
      fields.value(of: field).hasOne { $0.text.map { !pattern.matches($0) } ?? false }
    case .term(let pattern):
      fields.value(of: "_raw").hasOne { $0.text.map(pattern.occurs) ?? false }
    case .wholeTerm(let pattern):
      fields.value(of: "_raw").hasOne { $0.text.map(pattern.occursWhole) ?? false }
    }
  }
}

extension Value {
  /// Whether any of the values answers: none of null does.
  fileprivate func hasOne(_ answers: (Value) -> Bool) -> Bool {
    switch self {
    case .null: false
    case .many(let values): values.contains(where: answers)
    default: answers(self)
    }
  }

  /// Equal as numbers where both are numbers, else as texts without case.
  fileprivate func equals(_ pattern: FoldedPattern) -> Bool {
    guard let text else { return false }
    if pattern.matches(text) { return true }
    guard let one = pattern.number, let two = number else { return false }
    // More digits than a double tells apart are compared as the texts they are.
    return one == two && pattern.text.isExactNumeral && text.isExactNumeral
  }

  fileprivate func `is`(_ comparison: Comparison, _ pattern: FoldedPattern) -> Bool {
    guard let text else { return false }
    if let one = number, let two = pattern.number {
      return comparison.holds(one < two, two < one)
    }
    let one = text.foldingASCIICase
    let two = pattern.text.foldingASCIICase
    return comparison.holds(one < two, two < one)
  }
}

extension Text {
  fileprivate var isExactNumeral: Bool { string.utf8.count <= 18 }
}

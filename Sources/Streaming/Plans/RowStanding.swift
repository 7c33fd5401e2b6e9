import Events
import SPL

/// Whether a row that qualifies once qualifies for good, whatever events still come.
///
/// `search count>5` only ever becomes true; `search count<5` can become false again, so that
/// nothing should be raised before its window closes.
struct RowStanding {
  /// How a column of one group changes as events are added.
  private enum Change {
    case never, grows, shrinks, anyhow
  }

  private var changes: [Text: Change] = [:]
  /// False as soon as a condition was met that can become false again.
  private(set) var isForGood = true

  /// Follows the stages after `stats`.
  init(_ stats: Stats, then stages: some Collection<Stage>) {
    for field in stats.by { changes[Text(field)] = .never }
    for aggregate in stats.aggregates {
      changes[Text(aggregate.name)] =
        switch aggregate.function {
        case .count, .distinctCount: .grows
        // Of other fields they turn from numbers to text when a text comes.
        case .max: aggregate.field == "_time" ? .grows : .anyhow
        case .min: aggregate.field == "_time" ? .shrinks : .anyhow
        default: .anyhow
        }
    }
    for stage in stages { follow(stage.command) }
  }

  private mutating func follow(_ command: Command) {
    switch command {
    case .search(let predicate, _): isForGood = isForGood && stands(predicate)
    case .where(let condition): isForGood = isForGood && stands(condition)
    case .rename(let renamings):
      for renaming in renamings {
        if renaming.from.utf8.contains(0x2a) { changes = [:] }
        changes[Text(renaming.to)] = changes.removeValue(forKey: Text(renaming.from)) ?? .anyhow
      }
    case .eval(let assignments):
      for one in assignments {
        let isFixed = one.value.fields.allSatisfy { changes[Text($0)] == .never }
        changes[Text(one.field)] = isFixed ? .never : .anyhow
      }
    case .convert(let convert):
      for conversion in convert.conversions {
        if conversion.field.utf8.contains(0x2a) { changes = [:] }
        changes[Text(conversion.name)] = .anyhow
      }
    case .spath(let spath): changes[Text(spath.output ?? spath.path ?? "")] = .anyhow
    case .bin(let bin): changes[Text(bin.name)] = .anyhow
    case .table, .fields, .addInfo: break
    case .fillNull(let fill):
      for field in fill.fields ?? [] where changes[Text(field)] != .never {
        changes[Text(field)] = .anyhow
      }
    case .rex, .lookup, .makeMultivalue, .singleValue: changes = [:]
    case .eventStats(let stats):
      for aggregate in stats.aggregates { changes[Text(aggregate.name)] = .anyhow }
    // A row beyond as many as Splunk sorts by itself is withdrawn if it comes to that.
    case .sort(let sort): isForGood = isForGood && sort.limit.map { $0 >= 10_000 } ?? true
    default: isForGood = false
    }
  }

  private func stands(_ predicate: Predicate) -> Bool {
    switch predicate {
    case .everything: true
    case .and(let parts), .or(let parts): parts.allSatisfy(stands)
    case .not(let part): isConstant(part)
    case .compare(let field, let comparison, let pattern):
      switch (changes[Text(field)], comparison) {
      case (.never, _): true
      case (.grows, .greater), (.grows, .greaterOrEqual), (.shrinks, .less),
        (.shrinks, .lessOrEqual):
        FoldedPattern(pattern).number != nil
      default: pattern.matchesAnything && comparison == .equal
      }
    case .within, .compareCase: isConstant(predicate)
    case .term, .termCase, .wholeTerm: true
    case .subsearch: false
    }
  }

  private func isConstant(_ predicate: Predicate) -> Bool {
    switch predicate {
    case .everything, .term, .termCase, .wholeTerm: true
    case .subsearch: false
    case .and(let parts), .or(let parts): parts.allSatisfy(isConstant)
    case .not(let part): isConstant(part)
    case .compare(let field, _, _), .compareCase(let field, _, _), .within(let field, _):
      changes[Text(field)] == .never
    }
  }

  /// Of expressions what is plain to see: bounds of a number that only grows or shrinks.
  private func stands(_ condition: Expression) -> Bool {
    switch condition {
    case .and(let parts), .or(let parts): parts.allSatisfy(stands)
    case .compare(.field(let field), let comparison, .literal(.number)):
      switch (changes[Text(field)], comparison) {
      case (.grows, .greater), (.grows, .greaterOrEqual), (.shrinks, .less),
        (.shrinks, .lessOrEqual):
        true
      default: isConstant(condition)
      }
    default: isConstant(condition)
    }
  }

  private func isConstant(_ condition: Expression) -> Bool {
    condition.fields.allSatisfy { changes[Text($0)] == .never }
  }
}

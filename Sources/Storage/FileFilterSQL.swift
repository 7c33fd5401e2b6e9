internal import Findings
internal import GRDB

/// A filter as SQL over named columns: of files or dead letters, which are no rows.
///
/// Every condition is true or false, never null, so that `NOT` matches lines without the field.
struct FileFilterSQL {
  private(set) var arguments: [String: DatabaseValue] = [:]
  /// The expressions of the fields that the list has; the others match nothing.
  let columns: [FilterField: String]
  /// Those of them that a bare word is looked for in.
  let texts: [FilterField]

  init(columns: [FilterField: String], texts: [FilterField]) {
    self.columns = columns
    self.texts = texts
  }

  mutating func condition(_ filter: Filter) throws -> String {
    switch filter {
    case .everything: return "1"
    case .and(let parts): return try joined(parts, " AND ", none: "1")
    case .or(let parts): return try joined(parts, " OR ", none: "0")
    case .not(let part): return "NOT \(try condition(part))"
    case .matches(let field, let pattern):
      guard let column = columns[field] else { return "0" }
      return like(column, try bind(FilterSQL.like(pattern)))
    case .compares(let field, let comparison, let number):
      guard let column = columns[field], !texts.contains(field), !number.isNaN else { return "0" }
      return "(\(column) \(comparison.rawValue) \(bind(number)))"
    case .contains(let text):
      let bound = try bind(FilterSQL.like("*\(text)*"))
      let conditions = texts.compactMap { columns[$0] }.map { like($0, bound) }
      return "(\(conditions.joined(separator: " OR ")))"
    }
  }

  private func like(_ column: String, _ bound: String) -> String {
    "(ifnull(CAST(\(column) AS TEXT) LIKE \(bound) ESCAPE '\\', 0))"
  }

  private mutating func bind(_ value: some DatabaseValueConvertible) -> String {
    let name = "f\(arguments.count)"
    arguments[name] = value.databaseValue
    return ":\(name)"
  }

  private mutating func joined(
    _ parts: [Filter], _ word: String, none: String
  ) throws -> String {
    var conditions: [String] = []
    for part in parts { conditions.append(try condition(part)) }
    return conditions.isEmpty ? none : "(\(conditions.joined(separator: word)))"
  }
}

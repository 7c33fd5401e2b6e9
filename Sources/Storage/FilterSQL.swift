internal import Findings
internal import GRDB

/// A filter as SQL over `rows r`: text is only ever bound, never part of the statement.
///
/// A pattern is first matched against each distinct text once (`hits0`, `hits1`, ...), then rows
/// are compared by number. Every condition is true or false, never null, so that `NOT` matches
/// rows without the field, as `search` does.
struct FilterSQL {
  /// SQLite's limit on a LIKE pattern.
  static let patternLimit = 50_000

  /// `hits0(id) AS MATERIALIZED (...)`, in order.
  private(set) var tables: [String] = []
  private(set) var arguments: [String: DatabaseValue] = [:]
  private var known: [String: String] = [:]

  /// The condition of a filter.
  mutating func condition(_ filter: Filter) throws -> String {
    switch filter {
    case .everything: "1"
    case .and(let parts): try joined(parts, " AND ", none: "1")
    case .or(let parts): try joined(parts, " OR ", none: "0")
    case .not(let part): "NOT \(try condition(part))"
    case .matches(let field, let pattern): try matches(field, pattern)
    case .compares(let field, let comparison, let number):
      compares(field, comparison, number)
    case .contains(let text): try contains(text)
    }
  }

  /// Binds a value; answers the name that stands for it.
  mutating func bind(_ value: some DatabaseValueConvertible) -> String {
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

  private mutating func matches(_ field: FilterField, _ pattern: String) throws -> String {
    // No row has what only files have.
    if FilterField.ofFiles.contains(field) { return "0" }
    guard let column = field.column else {
      if field != .count { return TriageFilter.condition(field, bind(try FilterSQL.like(pattern))) }
      let bound = bind(try FilterSQL.like(pattern))
      return "(CAST(r.count AS TEXT) LIKE \(bound) ESCAPE '\\')"
    }
    if !pattern.isEmpty, pattern.utf8.allSatisfy({ $0 == UInt8(ascii: "*") }) {
      return "(r.\(column) IS NOT NULL)"
    }
    return among(column, try hits(FilterSQL.like(pattern)))
  }

  private mutating func contains(_ text: String) throws -> String {
    let hits = try hits(FilterSQL.like("*\(text)*"))
    let conditions = FilterField.allCases.compactMap(\.column).map { among($0, hits) }
    return "(\(conditions.joined(separator: " OR ")))"
  }

  private mutating func compares(
    _ field: FilterField, _ comparison: FilterComparison, _ number: Double
  ) -> String {
    guard !number.isNaN else { return "0" }
    // Words of triage are no numbers, and an owner's name that is one is still a name.
    guard field == .count || field.column != nil else { return "0" }
    let bound = bind(number)
    guard let column = field.column else { return "(r.count \(comparison.rawValue) \(bound))" }
    // The GLOB is cheap and leaves few texts to read as numbers.
    let table = add(
      """
      SELECT id FROM terms
      WHERE text GLOB '[-+.0-9]*' AND watchfloor_number(text) \(comparison.rawValue) \(bound)
      """)
    return among(column, table)
  }

  private func among(_ column: String, _ hits: String) -> String {
    "(r.\(column) IS NOT NULL AND r.\(column) IN (SELECT id FROM \(hits)))"
  }

  private mutating func hits(_ pattern: String) throws -> String {
    if let table = known[pattern] { return table }
    let table = add("SELECT id FROM terms WHERE text LIKE \(bind(pattern)) ESCAPE '\\'")
    known[pattern] = table
    return table
  }

  private mutating func add(_ select: String) -> String {
    let name = "hits\(tables.count)"
    tables.append("\(name) (id) AS MATERIALIZED (\(select))")
    return name
  }

  /// `*` as any text, everything else as itself.
  ///
  /// LIKE folds ASCII case alone, as `search` does.
  static func like(_ pattern: String) throws -> String {
    let like = pattern.unicodeScalars
      .split(separator: "*", omittingEmptySubsequences: false)
      .map { escaped(String($0)) }.joined(separator: "%")
    guard like.utf8.count <= patternLimit else {
      throw StorageProblem.filterTooLong(bytes: like.utf8.count, limit: patternLimit)
    }
    return like
  }

  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in StoredText.encode(text).unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == "\\" { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }
}

extension FilterField {
  /// The column with the number of the field's text; nil for the count, which is no text, and for
  /// triage, which is the finding's.
  var column: String? {
    switch self {
    case .count, .status, .owner, .urgency, .disposition: nil
    case _ where FilterField.ofFiles.contains(self): nil
    default: rawValue
    }
  }
}

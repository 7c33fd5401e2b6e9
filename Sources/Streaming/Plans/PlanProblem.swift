import Diagnostics
import Events
import SPL

extension Diagnostic {
  /// A regular expression that PCRE2 does not take.
  static func badPattern(_ problem: PatternProblem, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "bad-pattern", message: "found a regular expression that is none: \(problem.sentence)",
      span: span)
  }

  /// A table that is not there; `columns` are those that the search names.
  static func unknownTable(
    _ name: String, columns: [FieldName], _ lookups: any LookupTables, _ span: SourceSpan
  ) -> Diagnostic {
    var header: [FieldName] = []
    for column in columns where !header.contains(column) { header.append(column) }
    let first = header.isEmpty ? "" : " whose first line is: \(header.joined(separator: ","))"
    return Diagnostic(
      code: "unknown-lookup", message: "there is no lookup table '\(name)'", span: span,
      help: "put a file \(name.lookupName).csv into \(lookups.place)\(first)")
  }

  /// A column that a `lookup` names and the table lacks.
  static func unknownColumn(
    _ column: String, of table: String, has columns: [Text], _ span: SourceSpan
  ) -> Diagnostic {
    let names = columns.map(\.string)
    let near = nearest(to: column, in: names)
    return Diagnostic(
      code: "unknown-lookup-column",
      message: "the lookup table '\(table)' has no column '\(column)', expected one of "
        + names.map { "'\($0)'" }.joined(separator: ", "), span: span,
      help: near.map { "did you mean '\($0)'?" })
  }

  /// A subsearch over other events than those of the search around it.
  static func otherSource(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "subsearch-source",
      message: "found a subsearch over other events than the search around it", span: span,
      help: "let both read records, or both read risk events")
  }

  /// A command that makes rows of its own, where rows are already on their way.
  static func generatingLate(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "late-generating-command",
      message: "found a command that reads events after another command", span: span,
      help: "put it first: | from datamodel Risk.All_Risk | search user=\"...\"")
  }
}

extension Lookup {
  /// The columns that it names, as a header would have them.
  var columns: [FieldName] { matches.map(\.column) + (outputs ?? []).map(\.column) }

  /// What is to be said of columns that a table does not have.
  func columnsMissing(in table: LookupTable, at span: SourceSpan) -> [Diagnostic] {
    columns.filter { !table.columns.contains(Text($0)) }.map {
      .unknownColumn($0, of: self.table, has: table.columns, span)
    }
  }
}

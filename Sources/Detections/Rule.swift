package import Diagnostics
package import SPL

/// A detection that can run: checked search, sidecar, and the macros its drilldowns need.
package struct Rule: Equatable, Sendable {
  /// `aws_ecr_container_scanning_findings_high`: the file's name without its ending.
  package let fileName: String
  package let detection: Detection
  package let sidecar: Sidecar
  package let search: Search
  package let macros: MacroTable
  /// The lookup tables that its searches may name.
  package var tables: UserTables

  package init(
    fileName: String, detection: Detection, sidecar: Sidecar, search: Search, macros: MacroTable,
    tables: UserTables = .none
  ) {
    self.fileName = fileName
    self.detection = detection
    self.sidecar = sidecar
    self.search = search
    self.macros = macros
    self.tables = tables
  }

  package var name: String { detection.name }

  /// The drilldown of that name, its search compiled with values for its tokens.
  package func compile(_ drilldown: DrilldownSearch, tokens: Tokens) throws(Problems) -> Search {
    try SearchCompiler.compile(
      drilldown.search, macros: macros, tokens: tokens, originalSearch: search)
  }
}

/// A problem and the text that it is in.
package struct RuleProblem: Error, Equatable, Sendable {
  package let diagnostic: Diagnostic
  package let source: SourceText

  package init(_ diagnostic: Diagnostic, in source: SourceText) {
    self.diagnostic = diagnostic
    self.source = source
  }

  /// With file, line, column and caret, as shown to the user.
  package var rendered: String { diagnostic.rendered(in: source) }
}

/// A rule's file as loaded: the rule, or why it cannot run.
package struct LoadedRule: Sendable {
  /// The file's name without its ending.
  package let fileName: String
  /// The path as the user gave it; the file's name for a built-in rule.
  package let path: String
  /// Nil where the file could not be read as a detection.
  package let detection: Detection?
  /// Nil where it cannot run.
  package internal(set) var rule: Rule?
  /// Why it cannot run; empty where it can.
  package let problems: [RuleProblem]
  /// What is passed over, drilldowns that cannot run among it.
  package let warnings: [RuleProblem]

  package var name: String { detection?.name ?? fileName }
}

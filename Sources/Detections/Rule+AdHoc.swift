package import Diagnostics
package import SPL

extension Rule {
  /// A search that somebody typed, as a rule that raises nothing.
  package init(
    adHoc text: SourceText, macros: MacroTable, tables: UserTables = .none
  ) throws(Problems) {
    let search = try SearchCompiler.compile(text, macros: macros)
    self.init(
      fileName: text.name,
      detection: Detection(
        name: text.name, id: text.name, version: nil, date: nil, created: nil, author: nil,
        status: nil, kind: .hunting, description: "", dataSources: [], search: text,
        howToImplement: "", knownFalsePositives: "", references: [], drilldowns: [], risk: nil,
        tags: DetectionTags(), tests: []),
      sidecar: .none, search: search, macros: macros, tables: tables)
  }
}

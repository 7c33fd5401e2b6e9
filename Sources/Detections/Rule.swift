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

  package init(
    fileName: String, detection: Detection, sidecar: Sidecar, search: Search, macros: MacroTable
  ) {
    self.fileName = fileName
    self.detection = detection
    self.sidecar = sidecar
    self.search = search
    self.macros = macros
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
  package let rule: Rule?
  /// Why it cannot run; empty where it can.
  package let problems: [RuleProblem]
  /// What is passed over, drilldowns that cannot run among it.
  package let warnings: [RuleProblem]

  package var name: String { detection?.name ?? fileName }
}

extension LoadedRule {
  /// Reads and compiles a rule; whatever is wrong with it is kept with it.
  init(_ file: TextFile, sidecar sidecarFile: TextFile?, macros: MacroTable) {
    let read = DetectionFile(file.text, name: file.path)
    let sidecar = sidecarFile.map { SidecarFile($0.text, name: $0.path) }
    var problems = read.errors.map { RuleProblem($0, in: read.source) }
    var warnings = read.warnings.map { RuleProblem($0, in: read.source) }
    if let sidecar {
      problems += sidecar.errors.map { RuleProblem($0, in: sidecar.source) }
      warnings += sidecar.warnings.map { RuleProblem($0, in: sidecar.source) }
    }
    var rule: Rule?
    if let detection = read.detection {
      do throws(Problems) {
        let search = try SearchCompiler.compile(detection.search, macros: macros)
        let compiled = Rule(
          fileName: file.baseName, detection: detection,
          sidecar: sidecar?.sidecar ?? .none, search: search, macros: macros)
        warnings += Self.problems(ofDrilldownsIn: compiled)
        rule = problems.isEmpty ? compiled : nil
      } catch {
        problems += error.diagnostics.map { RuleProblem($0, in: detection.search) }
      }
    }
    fileName = file.baseName
    path = file.path
    detection = read.detection
    self.rule = rule
    self.problems = problems
    self.warnings = warnings
  }

  /// A drilldown that cannot run is no reason not to run its rule.
  private static func problems(ofDrilldownsIn rule: Rule) -> [RuleProblem] {
    rule.detection.drilldowns.flatMap { drilldown -> [RuleProblem] in
      do throws(Problems) {
        _ = try rule.compile(drilldown, tokens: .placeholders)
        return []
      } catch {
        return error.diagnostics.map { RuleProblem($0, in: drilldown.search) }
      }
    }
  }
}

import Diagnostics
import SPL

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
        if let sidecar { warnings += compiled.idleColumns(in: sidecar.source) }
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

extension LoadedRule {
  /// The rule as one that cannot run, because another has its id or name; nil where none has.
  ///
  /// State, findings and risk are kept by the id, drilldowns are found by the name.
  func refused(becauseOf other: LoadedRule) -> LoadedRule? {
    guard let mine = detection, let others = other.detection else { return nil }
    let shared: (key: String, value: String)
    if mine.id == others.id {
      shared = ("id", mine.id)
    } else if mine.name == others.name {
      shared = ("name", mine.name)
    } else {
      return nil
    }
    let problem = Diagnostic(
      code: "rule-twice",
      message: "the \(shared.key) '\(shared.value)' is that of '\(other.path)' too", span: nil,
      help: "give one of the two an \(shared.key) of its own, or name the files alike")
    return LoadedRule(
      fileName: fileName, path: path, detection: detection, rule: nil,
      problems: problems + [RuleProblem(problem, in: SourceText(name: path, text: ""))],
      warnings: warnings)
  }
}

extension Rule {
  /// Columns that the sidecar keeps or derives though the search does not group by them.
  fileprivate func idleColumns(in source: SourceText) -> [RuleProblem] {
    let by =
      search.stages.lazy.compactMap { stage -> [FieldName]? in
        if case .stats(let stats) = stage.command { stats.by } else { nil }
      }.first ?? []
    let named = sidecar.keepNull.union(sidecar.derive.keys).sorted()
    return named.filter { !by.contains($0) }.map { column in
      let problem = Diagnostic(
        code: "unknown-column", message: "'\(column)' is not one of the fields in BY of the search",
        span: nil, help: nearest(to: column, in: by).map { "did you mean '\($0)'?" })
      return RuleProblem(problem, in: source)
    }
  }
}

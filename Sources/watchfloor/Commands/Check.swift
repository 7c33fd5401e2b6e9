import ArgumentParser
import DetectionEngine
import Detections
import Diagnostics
import Events
import Export

/// `watchfloor check`: whether rules can run, and everything that is wrong with those that cannot.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether rules can run, and what is wrong with those that cannot.",
    discussion: """
      Reads no logs. Every problem of a rule is listed with line, column and what would mend it. \
      Without RULE all loaded rules are checked.

        watchfloor check my_rule.yml
        watchfloor check --rules security_content/detections/cloud
        watchfloor check --format ndjson my_rule.yml | jq .message

      The exit status is 0 when every rule can run, 1 when one cannot.
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var folders: RuleFolderOptions
  @OptionGroup var arguments: RuleArguments

  func run() throws {
    var source = folders.source
    source.suppressesAt = Clock().now()
    let (library, checked) = try source.library(naming: arguments.rules)
    let problems =
      library.problems.map { CheckedProblem($0, isError: false) }
      + checked.flatMap { CheckedProblem.all(of: $0) }
    if output.chosen == .table {
      for problem in problems { StandardOutput.write(problem.rendered + "\n") }
      let broken = checked.count { !CheckedProblem.canRun($0) }
      let hiding = library.suppressions.count
      let hidden =
        hiding == 0
        ? "" : "; \(hiding) suppressed \(hiding == 1 ? "term" : "terms") in their macros"
      StandardOutput.write("\(checked.count - broken) of \(checked.count) rules can run\(hidden)\n")
    } else {
      output.write(Table(columns: CheckedProblem.columns, rows: problems.map(\.row)))
    }
    if !checked.allSatisfy(CheckedProblem.canRun) { throw ExitCode(ExitStatus.failed.rawValue) }
  }
}

/// What is wrong with a rule, for a person or a program.
private struct CheckedProblem {
  let problem: RuleProblem
  let rule: String
  let isError: Bool

  init(_ problem: RuleProblem, rule: String = "", isError: Bool) {
    self.problem = problem
    self.rule = rule
    self.isError = isError
  }

  static func all(of loaded: LoadedRule) -> [CheckedProblem] {
    loaded.problems.map { CheckedProblem($0, rule: loaded.name, isError: true) }
      + refusal(of: loaded).map { CheckedProblem($0, rule: loaded.name, isError: true) }
      + loaded.warnings.map { CheckedProblem($0, rule: loaded.name, isError: false) }
  }

  static func canRun(_ loaded: LoadedRule) -> Bool {
    loaded.rule != nil && refusal(of: loaded).isEmpty
  }

  /// Why the engine cannot follow a rule that compiles.
  private static func refusal(of loaded: LoadedRule) -> [RuleProblem] {
    guard let rule = loaded.rule else { return [] }
    do throws(Problems) {
      _ = try EngineRule(rule)
      return []
    } catch {
      return error.diagnostics.map { RuleProblem($0, in: rule.detection.search) }
    }
  }

  var rendered: String { (isError ? "" : "warning: ") + problem.rendered }

  static let columns: [Text] = [
    "rule", "file", "line", "column", "kind", "code", "message", "help",
  ]

  var row: [Value] {
    let place = problem.diagnostic.span.map { problem.source.place(of: $0) }
    return [
      .string(rule), .string(problem.source.name), place.map { .count($0.line) } ?? .null,
      place.map { .count($0.column) } ?? .null, .string(isError ? "error" : "warning"),
      .string(problem.diagnostic.code), .string(problem.diagnostic.message),
      Value(problem.diagnostic.help),
    ]
  }
}

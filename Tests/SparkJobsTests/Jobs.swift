import DetectionEngine
import Detections
import Diagnostics
import SPL

@testable import SparkJobs

/// Rules of tests as jobs.
enum Jobs {
  private static let library = RuleLibrary()

  /// A rule of the built-in pack.
  static func pack(_ name: String) throws -> SparkRule {
    guard let rule = library.rule(named: name)?.rule else {
      throw RuleLookupProblem.unknown(name, suggestion: nil)
    }
    return try ready(rule)
  }

  /// A rule that only has a search.
  static func rule(_ search: String) throws -> SparkRule {
    let file = """
      name: Test
      id: 00000000-0000-0000-0000-000000000001
      version: 1
      type: Hunting
      description: A rule of a test.
      search: |-
        \(search)
      """
    let library = RuleLibrary(
      rules: [TextFile(path: "test.yml", text: file)],
      macros: [
        TextFile(path: "macros.yml", text: "[{name: c, definition: sourcetype=aws:cloudtrail}]")
      ])
    guard let loaded = library.rules.first, let rule = loaded.rule else {
      throw RuleLookupProblem.notARule(library.rules.flatMap(\.problems).map(\.rendered).joined())
    }
    return try ready(rule)
  }

  private static func ready(_ rule: Rule) throws -> SparkRule {
    let engine = try EngineRule(rule)
    return SparkRule(rule, plan: engine.plan, planHash: engine.planHash)
  }

  /// From the table of fields to the list of rules: what differs from job to job.
  static func ownPart(_ job: SparkJob) -> String {
    let start = job.text.ranges(of: "# --- What this job reads").first?.lowerBound
    let end = job.text.ranges(of: "# --- The job").first?.lowerBound
    guard let start, let end else { return "" }
    return String(job.text[start..<end])
  }

  /// What is said of a search that cannot be translated; empty where it can.
  static func refusal(_ search: String) throws -> [String] {
    do {
      _ = try SparkJob([rule(search)])
      return []
    } catch let refusal as Refusal {
      return refusal.rules.flatMap(\.problems.diagnostics).map(\.message)
    }
  }

  /// The code of the stages of a search after the first.
  static func stages(_ search: String) throws -> [String] {
    let job = try SparkJob([rule("`c` | " + search)])
    return ownPart(job).split(separator: "\n").filter { $0.hasPrefix("    rows = ") }.map {
      String($0.dropFirst("    rows = rows.".count))
    }
  }
}

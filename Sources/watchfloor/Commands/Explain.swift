import ArgumentParser
import DetectionEngine
import Detections
import Diagnostics
import Events
import Export
import Streaming

/// `watchfloor explain`: how a rule is run.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show how a rule is run: what records must contain, what is done with each.",
    discussion: """
      The search as compiled, macros expanded, in three parts: what the readers do with each \
      event, what is kept as state by rule, window and key, what is done with rows.

        watchfloor explain aws_ecr_container_scanning_findings_high
        watchfloor explain --format json my_rule.yml
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var folders: RuleFolderOptions

  @Argument(help: "A rule's name, base name or path.", completion: .file())
  var rule: String

  func run() throws {
    var source = folders.source
    source.suppressesAt = Clock().now()
    let (_, rules) = try source.library(naming: [rule])
    guard let loaded = rules.first else { throw Failure("'\(rule)' holds no rule") }
    guard let rule = loaded.rule else {
      throw Failure(loaded.problems.map(\.rendered).joined(separator: "\n"))
    }
    let explanation: RuleExplanation
    do throws(Problems) {
      explanation = try RuleExplanation(rule)
    } catch {
      throw Failure(error.rendered(in: rule.detection.search))
    }
    if output.chosen == .table {
      StandardOutput.write(explanation.text)
    } else {
      output.write(explanation.table)
    }
  }
}

extension RuleExplanation {
  fileprivate var text: String {
    let width = parts.map(\.name.count).max() ?? 0
    return parts.flatMap { part in
      part.lines.enumerated().map { index, line in
        let name = index == 0 ? part.name : ""
        return name + String(repeating: " ", count: width + 2 - name.count) + line + "\n"
      }
    }.joined()
  }

  fileprivate var table: Table {
    Table(
      columns: ["part", "line"],
      rows: parts.flatMap { part in part.lines.map { [.string(part.name), .string($0)] } })
  }
}

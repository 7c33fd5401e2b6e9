import ArgumentParser
import Detections
import Events
import Export

/// `watchfloor test`: the tests that rules bring in their files.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests in rules' files, as contentctl judges them.",
    discussion: """
      A test passes when the search has results whose risk objects have values, and when the rows \
      are the same in one batch, record by record, and in another order with every record twice. \
      Nothing is downloaded: published attack data is looked for below --data-root. Without RULE \
      all loaded rules are tested.

        watchfloor test
        watchfloor test --data-root ~/attack_data --rules security_content/detections/cloud
        watchfloor test --junit report.xml my_rule.yml

      The exit status is 0 when no test failed, 1 when one did.
      """)

  @Option(
    help: ArgumentHelp("A copy of the published attack data.", valueName: "dir"),
    completion: .directory)
  var dataRoot: String?

  @Option(
    help: ArgumentHelp("Write the outcomes as JUnit XML too.", valueName: "file"),
    completion: .file())
  var junit: String?

  @Flag(help: "Judge Splunk's rows: nothing deduplicated, rows with a null BY value dropped.")
  var exact = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var folders: RuleFolderOptions
  @OptionGroup var arguments: RuleArguments

  func run() throws {
    let (library, rules) = try folders.source.library(naming: arguments.rules)
    let tester = RuleTest(shelf: TestDataShelf(root: dataRoot), isExact: exact)
    let outcomes = rules.flatMap { tester.outcomes(of: $0, techniques: library.techniques) }
    output.write(
      Table(
        columns: ["rule", "test", "result", "rows", "reason"],
        rows: outcomes.map {
          [
            .string($0.rule), .string($0.test), .string($0.verdict.rawValue), .count($0.rows),
            Value($0.reason),
          ]
        }))
    if let junit { try RuleFiles.write(JUnit.report(outcomes), to: junit) }
    if outcomes.contains(where: { $0.verdict == .fail || $0.verdict == .error }) {
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }
}

/// Outcomes as the XML that build servers read.
enum JUnit {
  static func report(_ outcomes: [TestOutcome]) -> String {
    let counts = [TestOutcome.Verdict.fail, .error, .skip].map { verdict in
      outcomes.count { $0.verdict == verdict }
    }
    let cases = outcomes.map { outcome -> String in
      let name = outcome.test.isEmpty ? outcome.rule : outcome.test
      let head = "  <testcase classname=\"\(escaped(outcome.rule))\" name=\"\(escaped(name))\""
      let reason = escaped(outcome.reason ?? "")
      return switch outcome.verdict {
      case .pass: head + "/>\n"
      case .skip: head + "><skipped message=\"\(reason)\"/></testcase>\n"
      case .fail: head + "><failure message=\"\(reason)\"/></testcase>\n"
      case .error: head + "><error message=\"\(reason)\"/></testcase>\n"
      }
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="watchfloor" tests="\(outcomes.count)" failures="\(counts[0])" \
      errors="\(counts[1])" skipped="\(counts[2])">
      \(cases.joined())</testsuite>

      """
  }

  /// Text as an attribute's value; what XML cannot hold becomes U+FFFD.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += "&#10;"
      case "\t": escaped += "&#9;"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

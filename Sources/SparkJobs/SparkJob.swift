import Detections
package import Diagnostics
import SPL

/// A PySpark job that does what some rules do here: one file that needs nothing but Spark.
package struct SparkJob: Sendable {
  /// The job's Python.
  package let text: String

  /// Translates rules, each with what cannot be translated, into one job that reads records once.
  ///
  /// `exact` drops rows with null BY values and copies nothing away, as Splunk does.
  ///
  /// - Throws: `Refusal` with every rule that cannot be translated.
  package init(_ rules: [SparkRule], exact: Bool = false) throws(Refusal) {
    var parts: [TranslatedRule] = []
    var refused: [Refusal.Rule] = []
    for (index, rule) in rules.enumerated() {
      do throws(Problems) {
        parts.append(try TranslatedRule(rule, number: index + 1, exact: exact))
      } catch {
        refused.append(Refusal.Rule(rule: rule, problems: error))
      }
    }
    guard refused.isEmpty else { throw Refusal(rules: refused) }
    let own = Self.reading(parts, exact: exact)
    let rulesText = Self.listing(parts)
    let runtime = Runtime().text(neededBy: own + rulesText)
    let cut = runtime.ranges(of: "# --- The job").first?.lowerBound ?? runtime.endIndex
    text =
      Self.opening(parts) + Runtime.header + "\n\n" + runtime[..<cut] + own + "\n\n" + rulesText
      + "\n\n" + runtime[cut...]
  }

  /// The fields that the rules need, and how they follow from a record.
  private static func reading(_ parts: [TranslatedRule], exact: Bool) -> String {
    let names = Set(parts.flatMap(\.fields)).sorted()
    let list = PythonCode.texts(names).laidOut(indent: 0, after: 8)
    return "# --- What this job reads of a record ---\n\nEXACT = \(exact ? "True" : "False")\n"
      + "NAMES = \(list)\n\(FieldTable(names: names).text)"
  }

  /// The rules' functions, then the rules.
  private static func listing(_ parts: [TranslatedRule]) -> String {
    let functions = parts.map(\.text).joined(separator: "\n\n")
    let objects = parts.map { part in
      "    " + part.object.laidOut(indent: 4, after: 4, trailing: 1) + ",\n"
    }
    return "# --- The rules ---\n\n\n\(functions)\n\nRULES = [\n\(objects.joined())]\n"
  }

  private static func opening(_ parts: [TranslatedRule]) -> String {
    let names = parts.map { "    \($0.name)\n" }.joined()
    return """
      #!/usr/bin/env python3
      \"\"\"Detections over CloudTrail logs on Spark 4, written by `watchfloor compile --to spark`:

      \(names)
          spark-submit job.py s3a://BUCKET/AWSLogs/ s3a://BUCKET/rows/ --checkpoint s3a://BUCKET/checkpoint/

      The rows directory is what `watchfloor watch` follows. `--help` names the options. Written again
      when a rule changes: state is kept by rule and plan.
      \"\"\"

      """
  }
}

/// Rules that cannot be translated, each with its problems.
package struct Refusal: Error, Sendable {
  package struct Rule: Sendable {
    package let rule: SparkRule
    package let problems: Problems
  }

  package let rules: [Rule]

  /// As shown to the user, with the place in each search.
  package var rendered: String {
    rules.map { $0.problems.rendered(in: $0.rule.rule.detection.search) }.joined(separator: "\n")
  }
}

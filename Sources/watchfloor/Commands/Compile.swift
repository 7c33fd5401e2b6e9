import ArgumentParser
import DetectionEngine
import Detections
import Diagnostics
import SparkJobs

/// `watchfloor compile --to spark`: rules as a job for another engine.
struct Compile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Write rules as a job for Spark, whose rows watch follows.",
    discussion: """
      One PySpark file that needs nothing but Spark 4: it reads an AWSLogs/ prefix, evaluates the \
      rules by the same windows and writes row files. Several rules share one read. A rule that \
      Spark would read differently is refused, with the stage.

        watchfloor compile aws_ecr_container_scanning_findings_high --to spark -o job.py
        spark-submit job.py s3a://bucket/AWSLogs/ rows/ --checkpoint checkpoint/
        watchfloor rows/
      """)

  enum Target: String, ExpressibleByArgument, CaseIterable { case spark }

  @Option(help: "The engine that is to run them: spark.")
  var to: Target

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file, not to standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(
    help: """
      Splunk's rows: nothing deduplicated, rows with a null BY value dropped, no digest taken from \
      the response.
      """)
  var exact = false

  @Flag(help: "Leave out the rules that cannot be translated, and say which on standard error.")
  var skipRefused = false

  @OptionGroup var folders: RuleFolderOptions
  @OptionGroup var arguments: RuleArguments

  func validate() throws {
    if arguments.rules.isEmpty {
      throw ValidationError(
        "there is no rule to compile; try: watchfloor compile "
          + "aws_ecr_container_scanning_findings_high --to spark")
    }
  }

  func run() throws {
    let (_, loaded) = try folders.source.library(naming: arguments.rules)
    var rules: [SparkRule] = []
    for one in loaded {
      if let rule = try ready(one) { rules.append(rule) }
    }
    let job: SparkJob
    do throws(Refusal) {
      job = try SparkJob(rules, exact: exact)
    } catch {
      guard skipRefused else { throw Failure("a rule cannot be translated\n" + error.rendered) }
      StandardError.write(error.rendered)
      let refused = Set(error.rules.map(\.rule.planHash))
      job = try translated(rules.filter { !refused.contains($0.planHash) })
    }
    if let output {
      try RuleFiles.write(job.text, to: output)
    } else {
      StandardOutput.write(job.text)
    }
  }

  private func translated(_ rules: [SparkRule]) throws -> SparkJob {
    guard !rules.isEmpty else { throw Failure("none of the rules can be translated") }
    do throws(Refusal) {
      return try SparkJob(rules, exact: exact)
    } catch {
      throw Failure("a rule cannot be translated\n" + error.rendered)
    }
  }

  /// A rule with its plan; nil for one that cannot run and need not.
  private func ready(_ loaded: LoadedRule) throws -> SparkRule? {
    guard let rule = loaded.rule else {
      let problems = loaded.problems.map(\.rendered).joined(separator: "\n")
      guard skipRefused else { throw Failure("a rule cannot run\n" + problems) }
      StandardError.write(problems)
      return nil
    }
    do throws(Problems) {
      let engine = try EngineRule(rule)
      return SparkRule(rule, plan: engine.plan, planHash: engine.planHash)
    } catch {
      let problems = error.rendered(in: rule.detection.search)
      guard skipRefused else { throw Failure("a rule cannot run\n" + problems) }
      StandardError.write(problems)
      return nil
    }
  }
}

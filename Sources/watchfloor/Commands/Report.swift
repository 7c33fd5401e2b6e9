import ArgumentParser
import Events
import Handover
import Storage

/// `watchfloor report`: what one shift tells the next.
struct MakeReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a shift handover in Markdown or self-contained HTML.",
    discussion: """
      New CRITICAL and HIGH findings by repository, users over the risk threshold, triage done, \
      blind spots, log files not to be trusted. Without a path the state used last is read; it is \
      never written. The shift ends now, or at the newest event where nothing has happened for a day.

        watchfloor report > handover.md
        watchfloor report --hours 12 --format html /var/log/cloudtrail > handover.html
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case markdown, html }

  @Option(help: "How long the shift was, in hours.")
  var hours = 8

  @Option(help: "markdown or html.")
  var format = Format.markdown

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var stateOptions: StateOptions
  @OptionGroup var clockOptions: ClockOptions
  @OptionGroup var arguments: PathArguments

  func validate() throws {
    guard (1...8784).contains(hours) else {
      throw ValidationError("found \(hours) hours, expected 1 to 8784")
    }
  }

  func run() throws {
    let opened = try OpenedState(
      stateOptions, rules: ruleOptions, paths: arguments.paths, clock: clockOptions.now)
    let handover = try Handover(
      of: opened.answers, hours: hours, clock: opened.clock.now())
    StandardOutput.write(format == .html ? handover.html : handover.markdown)
  }
}

extension Handover {
  /// The shift of some hours that ends at a clock's time.
  init(of answers: Answers, hours: Int, clock: Timestamp) throws {
    let seconds = Int64(hours) * 3600
    try self.init(
      of: answers.store, range: Span(seconds: seconds, upTo: answers.asOf(clock)),
      worked: Span(seconds: seconds, upTo: clock))
  }
}

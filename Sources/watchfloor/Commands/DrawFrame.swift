import ArgumentParser
import CellGrid
import Events
import Interface
import Storage
import TerminalUI

/// `watchfloor frame`: what the dashboard would show, without a terminal.
struct DrawFrame: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frame",
    abstract: "Draw a view of the dashboard as text, ANSI or SVG.",
    discussion: """
      Reads the logs into a temporary state, or with --state a state that is there, which is \
      never written.

        watchfloor frame --size 120x36 samples
        watchfloor frame --view user:deploy-bot --format svg samples > user.svg
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, ansi, svg }

  @Option(
    help: ArgumentHelp("Columns and rows.", valueName: "WxH"), transform: sizeOfArgument)
  var size = Size(width: 120, height: 36)

  @Option(
    help: """
      overview, rules, files, attack, suppressions, or repository:NAME, image:DIGEST, \
      finding:NAME, user:NAME, source:ADDRESS, rule:NAME, row:ID, file:PATH.
      """,
    transform: viewOfArgument)
  var view = View.overview

  @Option(help: "text, ansi or svg.")
  var format = Format.text

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var stateOptions: StateOptions
  @OptionGroup var drawing: DrawingOptions
  @OptionGroup var clockOptions: ClockOptions
  @OptionGroup var arguments: PathArguments

  func validate() throws {
    if arguments.paths.isEmpty, stateOptions.state == nil {
      throw ValidationError("there is nothing to draw; name a path, or a state with --state DIR")
    }
    if !arguments.paths.isEmpty, stateOptions.state != nil {
      throw ValidationError("found paths and --state, expected one of them")
    }
  }

  func run() throws {
    let rules = try LoadedRules(ruleOptions.source(state: stateOptions.state))
    for problem in rules.problems { StandardError.write(problem + "\n") }
    let clock = clockOptions.now.map { Clock(stoppedAt: $0) } ?? Clock()
    let store: Store
    if let directory = stateOptions.state {
      store = try Store.open(directory: directory, mode: .viewer)
    } else {
      let roots = try realPaths(arguments.paths)
      store = try Store.temporary(roots: roots)
      let floor = try Floor(roots: roots, store: store, rules: rules, clock: clock)
      floor.start {}
      floor.readWhatIsThere()
      floor.finish()
    }
    let answers = Answers(store: store, rules: RuleBook(rules), clock: clock)
    try answers.refuseUnknown(view)
    let still = Still(answers: answers, rules: rules)
    let frame = try still.frame(
      settings: drawing.settings(firstView: view, isASCII: drawing.isASCII),
      size: size, clock: clockOptions.now ?? clock.now(),
      // A state that is only looked at is followed by nobody that we know of.
      progress: stateOptions.state == nil ? .live : .stopped)
    StandardOutput.write(try drawn(frame))
  }

  private func drawn(_ frame: Frame) throws -> String {
    let theme = drawing.chosenTheme
    return switch format {
    case .text: frame.textPlane + "\n"
    case .ansi: frame.ansi(theme, at: .direct)
    case .svg: frame.svg(theme, title: "watchfloor")
    }
  }
}

private func sizeOfArgument(_ argument: String) throws -> Size {
  let parts = argument.split(separator: "x").map { Int($0) }
  guard parts.count == 2, let width = parts[0], let height = parts[1],
    (20...500).contains(width), (6...200).contains(height)
  else {
    throw ValidationError(
      "found '\(argument)' as a size, expected 20x6 to 500x200, such as 120x36")
  }
  return Size(width: width, height: height)
}

private func viewOfArgument(_ argument: String) throws -> View {
  guard let view = View(argument: argument) else {
    throw ValidationError(
      "there is no view '\(argument)'; there are overview, rules, files, attack, suppressions, "
        + "repository:NAME, image:DIGEST, finding:NAME, user:NAME, source:NAME, rule:NAME, "
        + "row:ID, file:PATH")
  }
  return view
}

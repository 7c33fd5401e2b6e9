import DetectionEngine
import Detections
import Diagnostics

/// The rules of a run, made ready to follow logs: those that are on, or those that were named.
struct LoadedRules: Sendable {
  var source: RuleSource
  let library: RuleLibrary
  let switches: RuleSwitches
  /// What the engine follows, and what the screen says of every loaded rule.
  let roster: RuleRoster
  /// What an ad-hoc run runs, by name.
  let chosen: [Rule]
  /// Diagnostics to print: rules that cannot run, macros that cannot be read.
  let problems: [String]
  /// Whether a rule of those that should run cannot.
  let hasBroken: Bool

  /// The built-in pack and what the configuration has.
  init(named names: [String]) throws { try self.init(RuleSource(names: names)) }

  /// Loads what a source has; rules that cannot run are among the problems, the others run.
  ///
  /// A rule whose edit cannot run stays what it is in `earlier`, which runs now.
  ///
  /// - Throws: `Failure` where a rule that was asked for is not there or cannot run.
  init(_ source: RuleSource, after earlier: LoadedRules? = nil) throws {
    let choice = try ChosenRules(source, after: earlier?.library)
    self.source = source
    library = choice.library
    switches = choice.switches
    problems = choice.problems
    hasBroken = choice.hasBroken
    chosen = choice.rules
    roster = RuleRoster(library, after: earlier?.roster, isOn: choice.isOn)
  }

  func rule(named name: String) -> Rule? { library.rule(named: name)?.rule }
}

extension LoadedRules {
  /// Turns a rule on or off, in the state.
  ///
  /// - Throws: `Failure` where there is no such rule or no state.
  func turn(_ name: String, on isOn: Bool) throws {
    guard let file = source.switchFile else {
      throw Failure("rules are switched in a state; name one with --state, or the paths it is of")
    }
    guard source.names.isEmpty else {
      throw Failure("the rules were named with --rule: those run, whatever is switched")
    }
    guard let loaded = library.rule(named: name) else {
      throw Failure("there is no rule '\(name)'; see: watchfloor rules")
    }
    guard let rule = loaded.rule else { throw Failure("the rule '\(name)' cannot run") }
    var (switches, problem) = source.switches()
    if let problem { throw Failure(problem) }
    switches.turn(rule, on: isOn)
    try RuleFiles.write(
      switches.text { id in
        library.rules.first { $0.detection?.id == id }?.name
      }, to: file)
  }
}

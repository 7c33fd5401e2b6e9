import DetectionEngine
import Detections
import Diagnostics
import Ingest
import Streaming

/// The rules of a run: those that are on, or those that were named.
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
    var (library, unreadable) = try source.library()
    var wanted: Set<String> = []
    for name in source.names {
      do throws(RuleLookupProblem) {
        wanted.insert(try library.rule(name).fileName)
      } catch {
        throw Failure(error.sentence)
      }
    }
    let names = source.names
    let loaded = library.rules.filter { names.isEmpty || wanted.contains($0.fileName) }
    let (switches, problem) = source.switches()
    let problems =
      unreadable.map { "watchfloor: '\($0)' cannot be read, or is no text of a rule's size" }
      + [problem].compactMap { $0 }
      + (library.problems + library.risk.problems).map(\.rendered)
      + loaded.flatMap { ($0.problems + $0.warnings).map(\.rendered) }
    hasBroken = loaded.contains { $0.rule == nil } || !unreadable.isEmpty
    if !names.isEmpty, earlier == nil, loaded.contains(where: { $0.rule == nil }) {
      throw Failure("a rule that was asked for cannot run\n" + problems.joined(separator: "\n"))
    }
    if let earlier { library = library.keeping(earlier.library) }
    let isOn = { (loaded: LoadedRule) -> Bool in
      guard let rule = loaded.rule else { return false }
      if names.isEmpty { return switches.isOn(rule, wanted: source.wanted) }
      return wanted.contains(loaded.fileName) || source.wanted.contains(rule.name)
    }
    self.source = source
    self.library = library
    self.switches = switches
    self.problems = problems
    roster = RuleRoster(library, after: earlier?.roster, isOn: isOn)
    chosen = library.rules.filter(isOn).compactMap(\.rule)
  }

  func rule(named name: String) -> Rule? { library.rule(named: name)?.rule }
}

extension Prefilter {
  /// What the bytes of a record must hold for any of some rules to want it, or to be one of some
  /// calls.
  init(_ needles: [Needles], orCalls calls: [String] = []) {
    // A rule that requires nothing makes every record a candidate.
    let first = needles.map(\.groups.first)
    if first.contains(where: { $0 == nil }) {
      self.init(alternatives: nil)
    } else {
      self.init(
        values: needles.flatMap { $0.calls ?? [] } + calls.map { Array($0.utf8) },
        ofKey: "eventName",
        or: needles.filter { $0.calls == nil }.flatMap { $0.groups.first ?? [] })
    }
  }
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

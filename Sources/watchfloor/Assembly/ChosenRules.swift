import DetectionEngine
import Detections
import Diagnostics

/// The rules that a source has, and which of them run: those that are on, or those that were named.
///
/// What an ad-hoc run needs; `LoadedRules` have plans and cards of all rules beside.
struct ChosenRules {
  let library: RuleLibrary
  let switches: RuleSwitches
  /// Those that run, by name.
  let rules: [Rule]
  /// Diagnostics to print: rules that cannot run, macros that cannot be read.
  let problems: [String]
  /// Whether a rule of those that should run cannot.
  let hasBroken: Bool
  /// Whether a loaded rule is one of them.
  let isOn: (LoadedRule) -> Bool

  /// Loads what a source has; rules that cannot run are among the problems.
  ///
  /// A rule whose edit cannot run stays what it is in `earlier`, which runs now.
  ///
  /// - Throws: `Failure` where a rule that was asked for is not there or cannot run.
  init(_ source: RuleSource, after earlier: RuleLibrary? = nil) throws {
    var (library, unreadable) = try source.library()
    var wanted: Set<String> = []
    do throws(RuleLookupProblem) {
      wanted = Set(try library.rules(of: source.names).map(\.fileName))
    } catch {
      throw Failure(error.sentence)
    }
    let names = source.names
    let loaded = library.rules.filter { names.isEmpty || wanted.contains($0.fileName) }
    let (switches, problem) = source.switches()
    problems =
      unreadable.map { "watchfloor: '\($0)' cannot be read, or is no text of a rule's size" }
      + [problem].compactMap { $0 }
      + (library.problems + library.risk.problems).map(\.rendered)
      + loaded.flatMap { ($0.problems + $0.warnings).map(\.rendered) }
    hasBroken = loaded.contains { $0.rule == nil } || !unreadable.isEmpty
    if !names.isEmpty, earlier == nil, loaded.contains(where: { $0.rule == nil }) {
      throw Failure("a rule that was asked for cannot run\n" + problems.joined(separator: "\n"))
    }
    if let earlier { library = library.keeping(earlier) }
    let onAnyway = source.wanted
    isOn = { loaded in
      guard let rule = loaded.rule else { return false }
      if names.isEmpty { return switches.isOn(rule, wanted: onAnyway) }
      return wanted.contains(loaded.fileName) || onAnyway.contains(rule.name)
    }
    self.library = library
    self.switches = switches
    rules = library.rules.filter(isOn).compactMap(\.rule)
  }
}

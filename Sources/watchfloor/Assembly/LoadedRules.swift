import DetectionEngine
import Detections
import Diagnostics
import Ingest
import Streaming

/// The rules of a run: those that are on, or those that were named.
struct LoadedRules: Sendable {
  let library: RuleLibrary
  /// What the engine follows, and what the screen says of every loaded rule.
  let roster: RuleRoster
  /// What an ad-hoc run runs, by name.
  let chosen: [Rule]
  /// Diagnostics to print: rules that cannot run, macros that cannot be read.
  let problems: [String]

  /// Loads the built-in pack and the user's macros.
  ///
  /// - Parameter names: names, base names or paths of rules to run instead of those that are on.
  ///   One that is not there or cannot run is a failure: it was asked for.
  init(named names: [String]) throws {
    var library = RuleLibrary(userMacros: RuleFiles.text(at: Settings.configured("macros.yml")))
    var wanted: Set<String> = []
    for name in names {
      do throws(RuleLookupProblem) {
        wanted.insert(try library.rule(name).fileName)
      } catch {
        throw Failure(error.sentence)
      }
    }
    let isOn = { (rule: LoadedRule) in
      names.isEmpty ? rule.rule?.sidecar.isEnabled ?? false : wanted.contains(rule.fileName)
    }
    let loaded = library.rules.filter { names.isEmpty || wanted.contains($0.fileName) }
    let problems =
      library.problems.map(\.rendered)
      + loaded.flatMap { ($0.problems + $0.warnings).map(\.rendered) }
    if !names.isEmpty, loaded.contains(where: { $0.rule == nil }) {
      throw Failure("a rule that was asked for cannot run\n" + problems.joined(separator: "\n"))
    }
    self.library = library
    self.problems = problems
    roster = RuleRoster(library, isOn: isOn)
    chosen = loaded.filter(isOn).compactMap(\.rule)
  }

  func rule(named name: String) -> Rule? { library.rule(named: name)?.rule }
}

extension Prefilter {
  /// What the bytes of a record must hold for any of some rules to want it.
  init(_ needles: [Needles]) {
    // A rule that requires nothing makes every record a candidate.
    let first = needles.map(\.groups.first)
    self.init(alternatives: first.contains { $0 == nil } ? nil : first.flatMap { $0 ?? [] })
  }
}

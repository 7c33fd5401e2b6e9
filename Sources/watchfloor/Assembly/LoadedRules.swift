import DetectionEngine
import Detections
import Diagnostics
import Findings
import Ingest
import Streaming

/// The rules of a run: those that are on, or those that were named.
struct LoadedRules: Sendable {
  let library: RuleLibrary
  /// What runs, by name.
  let running: [Rule]
  /// Of those, what the engine can follow.
  let engineRules: [EngineRule]
  /// Everything that is loaded, for the screen.
  let cards: [RuleCard]
  /// Diagnostics to print: rules that cannot run, macros that cannot be read.
  let problems: [String]

  /// Loads the built-in pack and the user's macros.
  ///
  /// - Parameters:
  ///   - names: names, base names or paths of rules to run instead of those that are on. One that
  ///     is not there or cannot run is a failure: it was asked for.
  init(named names: [String]) throws {
    var library = RuleLibrary(userMacros: RuleFiles.text(at: Settings.configured("macros.yml")))
    var chosen: [LoadedRule] = []
    for name in names {
      do throws(RuleLookupProblem) {
        chosen.append(try library.rule(name))
      } catch {
        throw Failure(error.sentence)
      }
    }
    if names.isEmpty { chosen = library.rules.filter { $0.rule?.sidecar.isEnabled ?? true } }
    var problems = library.problems.map(\.rendered)
    var running: [Rule] = []
    var engineRules: [EngineRule] = []
    var refusals: [String: String] = [:]
    for loaded in chosen {
      problems += (loaded.problems + loaded.warnings).map(\.rendered)
      guard let rule = loaded.rule else { continue }
      running.append(rule)
      do throws(Problems) {
        engineRules.append(try EngineRule(rule))
      } catch {
        refusals[loaded.name] = error.rendered(in: rule.detection.search)
      }
    }
    if !names.isEmpty, running.count < chosen.count {
      throw Failure("a rule that was asked for cannot run\n" + problems.joined(separator: "\n"))
    }
    self.library = library
    self.running = running
    self.engineRules = engineRules
    self.problems = problems
    cards = library.rules.map { RuleCard($0, problem: refusals[$0.name]) }
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

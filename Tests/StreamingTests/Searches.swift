import Diagnostics
import Events
import SPL
import Streaming

/// The checked tree of a search that a test writes down.
func search(_ text: String) throws -> Search {
  try SearchCompiler.compile(SourceText(name: "test", text: text), macros: MacroTable())
}

func plan(_ text: String, _ settings: PlanSettings = PlanSettings()) throws -> Plan {
  try Plan(search(text), settings: settings)
}

/// The contributions of an event.
func contributions(of event: Event, to plan: Plan) -> [Contribution] {
  var contributions: [Contribution] = []
  plan.contributions(of: event) { outcome in
    if case .contribution(let contribution) = outcome { contributions.append(contribution) }
  }
  return contributions
}

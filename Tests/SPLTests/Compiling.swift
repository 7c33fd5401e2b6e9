import Diagnostics
import Testing

@testable import SPL

/// The macros that the tests' searches use.
let macros = MacroTable([
  Macro(name: "cloudtrail", definition: "sourcetype=aws:cloudtrail"),
  Macro(
    name: "security_content_ctime", arguments: ["field"],
    definition: #"convert timeformat="%Y-%m-%dT%H:%M:%S" ctime($field$)"#),
  Macro(name: "known_users", definition: "userName IN (user)"),
])

/// The commands of a search that has no problems.
func commands(
  _ text: String, macros: MacroTable = macros, tokens: Tokens = .none, original: Search? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> [Command] {
  let source = SourceText(name: "test", text: text)
  do throws(Problems) {
    return try SearchCompiler.compile(
      source, macros: macros, tokens: tokens, originalSearch: original
    ).stages.map(\.command)
  } catch {
    Issue.record("\(error.rendered(in: source))", sourceLocation: sourceLocation)
    throw error
  }
}

/// The problems of a search; none when it compiles.
func problems(
  _ text: String, macros: MacroTable = macros, tokens: Tokens = .none, original: Search? = nil
) -> [Diagnostic] {
  do throws(Problems) {
    _ = try SearchCompiler.compile(
      SourceText(name: "test", text: text), macros: macros, tokens: tokens,
      originalSearch: original)
    return []
  } catch {
    return error.diagnostics
  }
}

/// The conditions of a search that has only these.
func predicate(
  _ text: String, tokens: Tokens = .none, sourceLocation: SourceLocation = #_sourceLocation
) throws -> Predicate {
  let commands = try commands(text, tokens: tokens, sourceLocation: sourceLocation)
  guard case .search(let predicate, .none) = try #require(commands.first), commands.count == 1
  else {
    Issue.record("more than conditions: \(commands)", sourceLocation: sourceLocation)
    return .everything
  }
  return predicate
}

func equals(_ field: FieldName, _ value: String) -> Predicate {
  .compare(field, .equal, Pattern(wildcards: value))
}

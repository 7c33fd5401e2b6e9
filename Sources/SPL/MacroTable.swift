/// A named piece of SPL, used as `` `name` `` or `` `name(value, ...)` ``.
package struct Macro: Equatable, Sendable {
  package var name: String
  /// Their names; `$name$` in the definition stands for the value.
  package var arguments: [String]
  /// Search terms, a command, or several commands with pipes.
  package var definition: String

  package init(name: String, arguments: [String] = [], definition: String) {
    self.name = name
    self.arguments = arguments
    self.definition = definition
  }
}

/// The macros that a search may use, by name and number of arguments.
///
/// A macro named `..._filter` that nobody defined is `search *`: ESCU gives each detection one for
/// the analyst to tune.
package struct MacroTable: Equatable, Sendable {
  private struct Key: Hashable {
    var name: String
    var arity: Int
  }

  private var macros: [Key: Macro] = [:]

  package init(_ macros: [Macro] = []) {
    for macro in macros { define(macro) }
  }

  /// Adds a macro, in place of the one of that name and number of arguments.
  package mutating func define(_ macro: Macro) {
    macros[Key(name: macro.name, arity: macro.arguments.count)] = macro
  }

  package func macro(named name: String, arity: Int) -> Macro? {
    if let macro = macros[Key(name: name, arity: arity)] { return macro }
    guard arity == 0, name.hasSuffix("_filter") else { return nil }
    return Macro(name: name, definition: "search *")
  }

  /// The numbers of arguments with which a name is defined, ascending.
  func arities(of name: String) -> [Int] {
    macros.keys.filter { $0.name == name }.map(\.arity).sorted()
  }

  var names: Set<String> { Set(macros.keys.map(\.name)) }
}

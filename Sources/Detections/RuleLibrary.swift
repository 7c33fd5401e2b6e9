import Diagnostics
package import SPL

/// The rules that are loaded, with the macros and names that they use.
package struct RuleLibrary: Sendable {
  /// By name, bytewise.
  package private(set) var rules: [LoadedRule] = []
  package private(set) var macros: MacroTable
  package let techniques: Techniques
  package var risk = RiskSettings.none
  /// The user's tables, and which tables the rules write.
  package var tables: UserTables {
    var tables = givenTables
    tables.written = Set(rules.compactMap(\.rule).flatMap(\.search.tablesWritten))
    return tables
  }
  private let givenTables: UserTables
  /// The time at which suppressions become part of filter macros; nil leaves them out.
  private let suppressesAt: String?
  /// Those that are part of filter macros.
  package private(set) var suppressions: [MacroSuppression] = []
  /// What is wrong with macro files; the macros that could be read are in force.
  package private(set) var problems: [RuleProblem] = []

  /// The built-in rules, with the user's macros over the built-in ones.
  package init(
    userMacros: TextFile? = nil, tables: UserTables = .none, suppressesAt: String? = nil
  ) {
    self.init(
      rules: Pack.rules, macros: [Pack.macros, userMacros].compactMap { $0 }, tables: tables,
      suppressesAt: suppressesAt)
  }

  /// Rules and their sidecars, with macros of which later ones replace earlier ones.
  ///
  /// The first macros are those of the program, which the user's tables stand over.
  package init(
    rules: [TextFile], macros macroFiles: [TextFile], tables: UserTables = .none,
    suppressesAt: String? = nil
  ) {
    self.suppressesAt = suppressesAt
    macros = MacroTable()
    givenTables = tables
    problems = tables.problems
    do throws(Problems) {
      techniques = try Techniques(yaml: Pack.techniques.text, name: Pack.techniques.path)
    } catch {
      preconditionFailure("the built-in ATT&CK names can be read: \(error)")
    }
    for (index, file) in macroFiles.enumerated() {
      define(file)
      if index == 0 { tables.macros.forEach { macros.define($0) } }
    }
    add(rules)
  }

  /// Loads rules and sidecars (`NAME.roles.yml` belongs to `NAME.yml`); a rule of the same file
  /// name takes the place of the one before.
  package mutating func add(_ files: [TextFile]) {
    for file in files where file.name == "macros.yml" { define(file) }
    let sidecars = files.filter { RuleFiles.isSidecar($0.name) }
    for file in files where RuleFiles.isRule(file.name) {
      let sidecar = sidecars.first {
        TextFile.baseName(of: $0.name) == file.baseName + ".roles" && $0.folder == file.folder
      }
      rules.removeAll { $0.fileName == file.baseName }
      let loaded = LoadedRule(file, sidecar: sidecar, macros: macros)
      rules.append(rules.lazy.compactMap(loaded.refused).first ?? loaded)
    }
    rules.sort { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    shareTables()
  }

  /// Lets every rule see the tables that are there now.
  private mutating func shareTables() {
    let tables = tables
    for index in rules.indices { rules[index].rule?.tables = tables }
  }

  /// The library with those rules of an earlier one that run on because what their files say now
  /// cannot run: the edit's problems stand with the version before the edit.
  package func keeping(_ earlier: RuleLibrary) -> RuleLibrary {
    var library = self
    library.rules = rules.map { loaded in
      guard loaded.rule == nil,
        let before = earlier.rules.first(where: { $0.path == loaded.path })?.rule
      else { return loaded }
      return LoadedRule(
        fileName: loaded.fileName, path: loaded.path, detection: before.detection, rule: before,
        problems: loaded.problems, warnings: loaded.warnings)
    }
    return library
  }

  /// The rule of a name (`AWS ECR Container Scanning Findings High`) or file name
  /// (`aws_ecr_container_scanning_findings_high`, with or without `.yml`).
  package func rule(named name: String) -> LoadedRule? {
    rules.first { $0.name == name }
      ?? rules.first { $0.fileName == TextFile.baseName(of: name) }
  }

  /// The loaded rule that an argument names, or the rule in the file at that path, which is then
  /// loaded too.
  package mutating func rule(_ argument: String) throws(RuleLookupProblem) -> LoadedRule {
    if let rule = rule(named: argument) { return rule }
    guard RuleFiles.exists(argument) else {
      if argument.contains("/") { throw .notThere(argument) }
      let names = rules.flatMap { [$0.name, $0.fileName] }
      throw .unknown(argument, suggestion: nearest(to: argument, in: names))
    }
    let files = try RuleFiles.ofRule(at: argument)
    add(files)
    guard let rule = rules.first(where: { $0.path == argument }) else {
      throw .notARule(argument)
    }
    return rule
  }

  private mutating func define(_ file: TextFile) {
    let read = MacroFile(file.text, name: file.path)
    for macro in read.macros { macros.define(macro) }
    if let suppressesAt {
      for suppression in read.suppressions where suppression.isActive(at: suppressesAt) {
        suppress(suppression)
      }
    }
    problems += (read.errors + read.warnings).map { RuleProblem($0, in: read.source) }
  }
}

extension RuleLibrary {
  /// Lets a filter macro pass over what a suppression hides.
  private mutating func suppress(_ suppression: MacroSuppression) {
    guard var macro = macros.macro(named: suppression.macro, arity: 0) else { return }
    macro.definition += " | search NOT (\(suppression.search))"
    macros.define(macro)
    suppressions.append(suppression)
  }
}

/// Why an argument names no rule.
package enum RuleLookupProblem: Error, Equatable, Sendable {
  case unknown(String, suggestion: String?)
  case unreadable(String)
  /// A path that nothing is at.
  case notThere(String)
  /// A sidecar or macro file.
  case notARule(String)

  package var sentence: String {
    switch self {
    case .unknown(let name, let suggestion):
      "there is no rule '\(name)'" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    case .notThere(let path): "there is no file '\(path)', expected a rule's '.yml' or a directory"
    case .unreadable(let path): "'\(path)' cannot be read, or is no UTF-8 text of a rule's size"
    case .notARule(let path): "'\(path)' is no rule, expected a detection's '.yml'"
    }
  }
}

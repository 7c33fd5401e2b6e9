import Diagnostics
import Foundation
package import SPL
import Workers

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
  ///
  /// Where rules are named, and all of them are built in, no others are loaded.
  package init(
    userMacros: TextFile? = nil, tables: UserTables = .none, suppressesAt: String? = nil,
    naming names: [String] = []
  ) {
    let named = Set(names)
    let rules = Pack.rules.filter { file in
      named.contains(file.baseName) || file.baseName.hasSuffix(".roles")
    }
    let isEnough = !named.isEmpty && rules.count { RuleFiles.isRule($0.name) } == named.count
    self.init(
      rules: isEnough ? rules : Pack.rules, macros: [Pack.macros, userMacros].compactMap { $0 },
      tables: tables, suppressesAt: suppressesAt)
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
    let added = files.filter { RuleFiles.isRule($0.name) }
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let loaded = added.mapInParallel(threads: cores) { [macros] file in
      let sidecar = sidecars.first {
        TextFile.baseName(of: $0.name) == file.baseName + ".roles" && $0.folder == file.folder
      }
      return LoadedRule(file, sidecar: sidecar, macros: macros)
    }
    for one in loaded {
      rules.removeAll { $0.fileName == one.fileName }
      rules.append(rules.lazy.compactMap(one.refused).first ?? one)
    }
    rules.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
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
    RuleNames(rules).place(of: name).map { rules[$0] }
  }

  /// The loaded rule that an argument names, or the rule in the file at that path, which is then
  /// loaded too.
  package mutating func rule(_ argument: String) throws(RuleLookupProblem) -> LoadedRule {
    try rules(of: [argument])[0]
  }

  /// The rule of each argument; the files among them are loaded together.
  package mutating func rules(
    of arguments: [String]
  ) throws(RuleLookupProblem) -> [LoadedRule] {
    var files: [TextFile] = []
    var names = RuleNames(rules)
    for argument in arguments where names.place(of: argument) == nil && RuleFiles.exists(argument) {
      files += try RuleFiles.ofRule(at: argument)
    }
    if !files.isEmpty {
      add(files)
      names = RuleNames(rules)
    }
    var found: [LoadedRule] = []
    for argument in arguments {
      if let place = names.place(of: argument) ?? rules.firstIndex(where: { $0.path == argument }) {
        found.append(rules[place])
      } else if RuleFiles.exists(argument) {
        throw .notARule(argument)
      } else if argument.contains("/") {
        throw .notThere(argument)
      } else {
        let names = rules.flatMap { [$0.name, $0.fileName] }
        throw .unknown(argument, suggestion: nearest(to: argument, in: names))
      }
    }
    return found
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

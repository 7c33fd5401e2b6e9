import DetectionEngine
import Detections
import Events
import Findings
import Interface
import Storage
import Streaming

/// Suppressions as terms of filter macros in the user's `macros.yml`, where `scan`, `check` and
/// `explain` meet them.
///
/// A followed rule does not have them in its search: with them its plan would be another one, and
/// would begin anew. Its rows are hidden where they are listed.
struct SuppressedMacros {
  private let rules: LoadedRules
  private let path = RuleSource.macroFile

  init(_ rules: LoadedRules) { self.rules = rules }

  /// Adds a suppression; answers why it cannot stand in a macro, nil where it does.
  func add(_ suppression: Suppression) throws -> String? {
    guard let rule = suppression.rule else { return "it is about every rule" }
    guard let loaded = rules.library.rule(named: rule)?.rule,
      let columns = rules.roster.compiled[loaded.name]?.plan.columns
    else { return "the rule does not run" }
    let names = RoleColumns(roles: loaded.sidecar.roles, columns: Set(columns))
    guard let search = names.search(of: suppression.filter) else {
      return "the rule's columns do not tell it"
    }
    let added = MacroSuppression(
      macro: loaded.fileName + "_filter", search: search, rule: rule, term: suppression.term,
      reason: suppression.reason, author: suppression.author, at: suppression.at.iso8601,
      expires: suppression.expires?.iso8601)
    try change { $0.filter { !$0.isSame(as: suppression) } + [added] }
    return nil
  }

  /// Takes a suppression out, where it is in.
  func remove(_ suppression: Suppression) throws {
    try change { $0.filter { !$0.isSame(as: suppression) } }
  }

  /// What the file has and a store does not have yet: of another state, or written by hand.
  func missing(in known: [Suppression]) -> [Suppression] {
    all.filter { entry in !known.contains(where: entry.isSame) }.compactMap(\.suppression)
  }

  private var all: [MacroSuppression] {
    RuleFiles.text(at: path).map { MacroFile($0.text, name: $0.path).suppressions } ?? []
  }

  /// Writes the file anew, in one step, where that changes it.
  private func change(_ body: ([MacroSuppression]) -> [MacroSuppression]) throws {
    let text = RuleFiles.text(at: path)
    if text == nil, RuleFiles.exists(path) {
      throw Failure("'\(path)' cannot be read, so that it is left as it is")
    }
    let former = all
    let next = body(former)
    guard next != former else { return }
    try RuleFiles.write(SuppressionBlock.replaced(in: text?.text ?? "", by: next), to: path)
  }
}

extension MacroSuppression {
  fileprivate func isSame(as suppression: Suppression) -> Bool {
    rule == suppression.rule && term == suppression.term && at == suppression.at.iso8601
  }

  /// Nil where its term is none, or its time is none.
  fileprivate var suppression: Suppression? {
    let terms = FilterTerms(term)
    guard !terms.isEmpty, terms.problem == nil, let at = Timestamp(iso8601: at) else { return nil }
    return Suppression(
      rule: rule, term: term, filter: terms.filter, reason: reason, author: author, at: at,
      expires: expires.flatMap { Timestamp(iso8601: $0) })
  }
}

/// The columns that a rule's roles stand for, as its last macro meets them.
struct RoleColumns {
  let roles: [String: [RoleSource]]
  let columns: Set<Text>

  /// A filter as search terms over columns; nil where they do not tell it.
  func search(of filter: Filter) -> String? {
    switch filter {
    case .everything, .contains: nil
    case .and(let parts): joined(parts, by: " ")
    case .or(let parts): joined(parts, by: " OR ")
    case .not(let part): search(of: part).map { "NOT (\($0))" }
    case .matches(let field, let pattern):
      column(of: field).map { "\($0)=\(Self.quoted(pattern))" }
    case .compares(let field, let comparison, let number):
      column(of: field).map { "\($0)\(comparison.rawValue)\(number)" }
    }
  }

  private func joined(_ parts: [Filter], by sign: String) -> String? {
    let terms = parts.compactMap(search)
    guard terms.count == parts.count, !terms.isEmpty else { return nil }
    return terms.count == 1 ? terms[0] : "(\(terms.joined(separator: sign)))"
  }

  private func column(of field: FilterField) -> String? {
    let sources = roles[field.rawValue] ?? [.field(field.rawValue)]
    guard case .field(let name)? = sources.first, columns.contains(Text(name)) else { return nil }
    return name
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension Floor {
  /// Hides here what `macros.yml` says is hidden, and this state does not know yet.
  func takeSuppressions() throws {
    let known = try store.suppressions()
    for suppression in SuppressedMacros(rules.current).missing(in: known) {
      _ = try store.suppress(suppression)
    }
  }
}

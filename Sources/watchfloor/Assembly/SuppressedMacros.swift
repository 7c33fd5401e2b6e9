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

  /// Adds a suppression, to every rule's macro where it is about every rule; answers where it
  /// stands now, for the analyst.
  func add(_ suppression: Suppression) throws -> String {
    let about = suppression.rule.map { name in
      [rules.library.rule(named: name)].compactMap(\.?.rule)
    }
    let added = (about ?? rules.library.rules.compactMap(\.rule)).compactMap { rule in
      entry(of: suppression, in: rule)
    }
    try change { $0.filter { !$0.isSame(as: suppression) } + added }
    if about == nil, !added.isEmpty {
      return "and in the macros of \(Wording.counted(added.count, "rule"))"
    }
    guard added.isEmpty else { return "and in the rule's macro" }
    let reason =
      about == nil
      ? "no rule's columns tell it"
      : about?.isEmpty ?? true ? "the rule does not run" : "the rule's columns do not tell it"
    return "in this state alone: \(reason)"
  }

  /// Nil where a rule does not run, or its columns do not tell what is hidden.
  private func entry(of suppression: Suppression, in rule: Rule) -> MacroSuppression? {
    guard let columns = rules.roster.compiled[rule.name]?.plan.columns else { return nil }
    let names = RoleColumns(
      rule: rule.name, roles: rule.sidecar.roles, columns: Set(columns))
    return names.search(of: suppression.filter).map { search in
      MacroSuppression(
        macro: rule.fileName + "_filter", search: search, rule: suppression.rule ?? "",
        term: suppression.term, reason: suppression.reason, author: suppression.author,
        at: suppression.at.iso8601, expires: suppression.expires?.iso8601)
    }
  }

  /// Takes a suppression out, where it is in.
  func remove(_ suppression: Suppression) throws {
    try change { $0.filter { !$0.isSame(as: suppression) } }
  }

  /// What the file has and a store does not have yet: of another state, or written by hand.
  ///
  /// What is about every rule stands there once for each.
  func missing(in known: [Suppression]) -> [Suppression] {
    all.reduce(into: []) { missing, entry in
      guard !(known + missing).contains(where: entry.isSame) else { return }
      entry.suppression.map { missing.append($0) }
    }
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
    rule == suppression.rule ?? "" && term == suppression.term && at == suppression.at.iso8601
  }

  /// Nil where its term is none, or its time is none.
  fileprivate var suppression: Suppression? {
    let terms = FilterTerms(term)
    guard !terms.isEmpty, terms.problem == nil, let at = Timestamp(iso8601: at) else { return nil }
    return Suppression(
      rule: rule.isEmpty ? nil : rule, term: term, filter: terms.filter, reason: reason,
      author: author, at: at,
      expires: expires.flatMap { Timestamp(iso8601: $0) })
  }
}

/// The columns that a rule's roles stand for, as its last macro meets them.
struct RoleColumns {
  let rule: String
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
      switch source(of: field) {
      case .field(let name)?: "\(name)=\(Self.quoted(pattern))"
      case .constant(let text)?: search(of: pattern, in: text)
      default: nil
      }
    case .compares(let field, let comparison, let number):
      if case .field(let name)? = source(of: field) {
        "\(name)\(comparison.rawValue)\(number)"
      } else {
        nil
      }
    }
  }

  private func joined(_ parts: [Filter], by sign: String) -> String? {
    let terms = parts.compactMap(search)
    guard terms.count == parts.count, !terms.isEmpty else { return nil }
    return terms.count == 1 ? terms[0] : "(\(terms.joined(separator: sign)))"
  }

  /// The column or the constant that a role is in every row; nil where it is in none, or in the
  /// sample.
  private func source(of field: FilterField) -> RoleSource? {
    if field == .rule { return .constant(rule) }
    switch (roles[field.rawValue] ?? [.field(field.rawValue)]).first {
    case .field(let name)? where columns.contains(Text(name)): return .field(name)
    case .constant(let text)?: return .constant(text)
    default: return nil
    }
  }

  /// Every row, or none; nil for a pattern that stands for a part of a text.
  private func search(of pattern: String, in constant: String) -> String? {
    if pattern == "*" { return "*" }
    guard !pattern.contains("*") else { return nil }
    let isSame = pattern.utf8.elementsEqual(constant.utf8) { Self.folded($0) == Self.folded($1) }
    return isSame ? "*" : "NOT *"
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
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

package import Diagnostics

/// Collects what is wrong with a document while its values are read, so that all of it is
/// reported at once.
package final class DocumentProblems {
  package private(set) var errors: [Diagnostic] = []
  package private(set) var warnings: [Diagnostic] = []

  package init() {}

  package func error(_ code: String, _ message: String, at span: SourceSpan?, help: String? = nil) {
    errors.append(Diagnostic(code: code, message: message, span: span, help: help))
  }

  package func warning(
    _ code: String, _ message: String, at span: SourceSpan?, help: String? = nil
  ) {
    warnings.append(Diagnostic(code: code, message: message, span: span, help: help))
  }

  /// `name is a list, expected text`.
  func wrongType(_ key: String, _ node: DocumentNode, expected: String) {
    error("wrong-type", "'\(key)' is \(node.kind), expected \(expected)", at: node.span)
  }
}

/// The entries of one mapping, read by key and type; what does not fit becomes a problem.
///
/// A key whose value is nothing (`references:`) counts as absent.
package struct DocumentFields {
  package let node: DocumentNode
  /// What the mapping is, with an article, as errors name it: `a detection`.
  package let what: String
  package let problems: DocumentProblems

  /// Nil, and a problem, where the node is no mapping.
  package init?(_ node: DocumentNode, what: String, problems: DocumentProblems) {
    guard case .mapping = node.content else {
      problems.error(
        "wrong-type", "found \(node.kind), expected \(what), which is a mapping", at: node.span)
      return nil
    }
    self.node = node
    self.what = what
    self.problems = problems
  }

  package var entries: [DocumentEntry] {
    if case .mapping(let entries) = node.content { entries } else { [] }
  }

  /// The value of a key; nil where it is absent or nothing.
  package func value(_ key: String) -> DocumentNode? {
    guard let value = node[key: key], value.scalar?.isNull != true else { return nil }
    return value
  }

  package func has(_ key: String) -> Bool { value(key) != nil }

  /// Warns of each key that is not among those known.
  package func warn(ofKeysNotIn known: Set<String>) {
    for entry in entries where !known.contains(entry.key) {
      let nearest = Diagnostics.nearest(to: entry.key, in: known.sorted())
      problems.warning(
        "unknown-key", "'\(entry.key)' is not a key of \(what) and is passed over",
        at: entry.keySpan, help: nearest.map { "did you mean '\($0)'?" })
    }
  }

  package func text(_ key: String) -> String? { scalar(key)?.text }

  /// As `text`, and a problem where it is absent or empty.
  package func requiredText(_ key: String) -> String? {
    guard let node = value(key) else {
      missing(key)
      return nil
    }
    guard let text = text(key) else { return nil }
    guard !text.isEmpty else {
      problems.error("empty-value", "'\(key)' is empty, expected text", at: node.span)
      return nil
    }
    return text
  }

  package func missing(_ key: String) {
    problems.error(
      "missing-key", "'\(key)' is missing in \(what)", at: entries.first?.keySpan,
      help: "\(key): ...")
  }

  package func scalar(_ key: String) -> DocumentScalar? {
    guard let node = value(key) else { return nil }
    guard let scalar = node.scalar else {
      problems.wrongType(key, node, expected: "text")
      return nil
    }
    return scalar
  }

  package func whole(_ key: String) -> Int? {
    guard let node = value(key) else { return nil }
    guard let scalar = node.scalar else {
      problems.wrongType(key, node, expected: "a whole number")
      return nil
    }
    // `25.0` is whole too.
    guard let number = Int(scalar.text) ?? Double(scalar.text).flatMap(Int.init(exactly:)) else {
      problems.error(
        "wrong-type", "'\(key)' is '\(scalar.text)', expected a whole number", at: node.span)
      return nil
    }
    return number
  }

  package func truth(_ key: String) -> Bool? {
    guard let node = value(key) else { return nil }
    switch node.scalar?.text {
    case "true", "True", "yes": return true
    case "false", "False", "no": return false
    case let text:
      problems.error(
        "wrong-type",
        "'\(key)' is \(text.map { "'\($0)'" } ?? node.kind), expected true or false",
        at: node.span)
      return nil
    }
  }

  /// The texts of a list; one text alone is a list of it.
  package func texts(_ key: String) -> [String] {
    items(key, loneItem: true).compactMap { item in
      guard let scalar = item.scalar else {
        problems.wrongType(key, item, expected: "text in a list")
        return nil
      }
      return scalar.text
    }
  }

  /// The mappings of a list.
  package func mappings(_ key: String, what: String) -> [DocumentFields] {
    items(key, loneItem: false).compactMap {
      DocumentFields($0, what: what, problems: problems)
    }
  }

  /// The mapping under a key.
  package func mapping(_ key: String, what: String) -> DocumentFields? {
    value(key).flatMap { DocumentFields($0, what: what, problems: problems) }
  }

  private func items(_ key: String, loneItem: Bool) -> [DocumentNode] {
    guard let node = value(key) else { return [] }
    switch node.content {
    case .sequence(let items): return items
    case .scalar where loneItem: return [node]
    default:
      problems.wrongType(key, node, expected: "a list")
      return []
    }
  }
}

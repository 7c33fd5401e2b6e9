package import Diagnostics
import Documents

/// A sidecar's file as read: the sidecar, or why there is none.
package struct SidecarFile: Sendable {
  package let source: SourceText
  /// Nil where there are errors.
  package private(set) var sidecar: Sidecar?
  package private(set) var errors: [Diagnostic] = []
  package private(set) var warnings: [Diagnostic] = []

  package init(_ text: String, name: String) {
    source = SourceText(name: name, text: text)
    do {
      let document = try Document(text, name: name)
      let problems = DocumentProblems()
      if let fields = DocumentFields(document.root, what: "a sidecar", problems: problems) {
        sidecar = SidecarReader(fields: fields).sidecar()
      }
      errors = Problems(problems.errors).diagnostics
      warnings = Problems(problems.warnings).diagnostics
      if !errors.isEmpty { sidecar = nil }
    } catch {
      errors = error.diagnostics
    }
  }
}

/// Reads the keys of a sidecar.
private struct SidecarReader {
  let fields: DocumentFields

  func sidecar() -> Sidecar {
    fields.warn(
      ofKeysNotIn: [
        "roles", "identity", "keep_null", "derive", "enabled", "lookback", "at_once",
      ])
    var roles: [String: [RoleSource]] = [:]
    for entry in fields.mapping("roles", what: "the roles")?.entries ?? [] {
      roles[entry.key] = sources(entry.value)
    }
    let identity = fields.has("identity") ? fields.texts("identity") : nil
    check(identity, roles: roles)
    warnOfIdleRoles(identity: identity ?? [])
    return Sidecar(
      roles: roles, identity: identity, keepNull: Set(fields.texts("keep_null")),
      derive: derive(), isEnabled: fields.truth("enabled") ?? true, lookback: lookback(),
      raisesAtOnce: fields.truth("at_once") ?? false)
  }

  private func check(_ identity: [String]?, roles: [String: [RoleSource]]) {
    guard let identity else { return }
    if identity.isEmpty {
      fields.problems.error(
        "empty-value", "'identity' is empty, expected names of roles",
        at: fields.value("identity")?.span)
    }
    for name in identity where roles[name] == nil {
      fields.problems.error(
        "unknown-role", "'\(name)' in the identity is not one of the roles",
        at: fields.value("identity")?.span,
        help: nearest(to: name, in: roles.keys.sorted()).map { "did you mean '\($0)'?" })
    }
  }

  /// A role that no pane knows and no identity uses is most likely a slip.
  private func warnOfIdleRoles(identity: [String]) {
    for entry in fields.mapping("roles", what: "the roles")?.entries ?? []
    where !Sidecar.paneRoles.contains(entry.key) && !identity.contains(entry.key) {
      fields.problems.warning(
        "unknown-role", "'\(entry.key)' is no pane's role and not in the identity",
        at: entry.keySpan,
        help: nearest(to: entry.key, in: Sidecar.paneRoles).map { "did you mean '\($0)'?" })
    }
  }

  private func sources(_ node: DocumentNode) -> [RoleSource] {
    if case .sequence(let items) = node.content { return items.compactMap(source) }
    return [source(node)].compactMap { $0 }
  }

  private func source(_ node: DocumentNode) -> RoleSource? {
    if let scalar = node.scalar, !scalar.isNull { return named(scalar.text, at: node.span) }
    guard
      let entry = DocumentFields(
        node, what: "a field, a list of fields or {value: ...}", problems: fields.problems)
    else { return nil }
    entry.warn(ofKeysNotIn: ["value", "last_part", "when"])
    if let constant = entry.text("value") { return .constant(constant) }
    if let field = entry.text("last_part") {
      return .lastPart(of: field, containing: entry.text("when"))
    }
    entry.problems.error(
      "missing-key", "this has neither 'value' nor 'last_part'", at: node.span,
      help: "{value: ...}")
    return nil
  }

  /// `field` or `list[key]`, both names of sample fields.
  private func named(_ text: String, at span: SourceSpan) -> RoleSource? {
    guard let open = text.firstIndex(of: "[") else { return .field(text) }
    let key = text[text.index(after: open)...].dropLast()
    guard text.hasSuffix("]"), open > text.startIndex, !key.isEmpty, !key.contains("[") else {
      fields.problems.error(
        "wrong-element", "'\(text)' is no element of a list", at: span,
        help: "attributes[package_name]")
      return nil
    }
    return .field(text)
  }

  /// Whole hours, since windows are hours.
  private func lookback() -> Int64? {
    guard let text = fields.text("lookback") else { return nil }
    if case .seconds(let seconds)? = DrilldownOffset(text), seconds >= 3600, seconds % 3600 == 0,
      seconds <= 366 * 86_400
    {
      return seconds
    }
    fields.problems.error(
      "wrong-lookback", "the lookback is '\(text)', expected whole hours such as 24h or 7d",
      at: fields.value("lookback")?.span)
    return nil
  }

  private func derive() -> [String: [String]] {
    guard let entries = fields.mapping("derive", what: "the derived columns") else { return [:] }
    var derive: [String: [String]] = [:]
    for entry in entries.entries { derive[entry.key] = entries.texts(entry.key) }
    return derive
  }
}

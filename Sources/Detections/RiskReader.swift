import Documents

/// Reads what a detection says of risk: `rba`, `finding`, or the risk keys in `tags` that came
/// before both.
struct RiskReader {
  let fields: DocumentFields
  let tags: DocumentFields?

  func risk() -> RiskRule? {
    if let rba = fields.mapping("rba", what: "the rba block") {
      rba.warn(ofKeysNotIn: ["message", "risk_objects", "threat_objects"])
      return RiskRule(
        message: rba.requiredText("message") ?? "",
        objects: rba.mappings("risk_objects", what: "a risk object").compactMap(object),
        threatObjects: threatObjects(in: rba))
    }
    if let finding = fields.mapping("finding", what: "the finding block") {
      finding.warn(ofKeysNotIn: ["title", "entity"])
      return RiskRule(
        message: finding.requiredText("title") ?? "", objects: entities(of: finding),
        threatObjects: threatObjects(in: fields))
    }
    return tags.flatMap(riskOfTags)
  }

  private func entities(of finding: DocumentFields) -> [RiskObject] {
    if case .sequence = finding.value("entity")?.content {
      return finding.mappings("entity", what: "an entity").compactMap(object)
    }
    return [finding.mapping("entity", what: "an entity")].compactMap { $0.flatMap(object) }
  }

  private func object(_ entry: DocumentFields) -> RiskObject? {
    entry.warn(ofKeysNotIn: ["field", "type", "score"])
    let field = entry.requiredText("field")
    let type = entry.requiredText("type")
    if !entry.has("score") { entry.missing("score") }
    let score = entry.whole("score")
    guard let field, let type, let score = score.flatMap({ checked($0, in: entry) }) else {
      return nil
    }
    return RiskObject(field: field, type: type, score: score)
  }

  private func checked(_ score: Int, in entry: DocumentFields) -> Int? {
    if (0...1000).contains(score) { return score }
    entry.problems.error(
      "wrong-score", "the score is \(score), expected 0 to 1000", at: entry.value("score")?.span)
    return nil
  }

  private func threatObjects(in place: DocumentFields) -> [ThreatObject] {
    place.mappings("threat_objects", what: "a threat object").compactMap { entry in
      let field = entry.requiredText("field")
      let type = entry.requiredText("type")
      guard let field, let type else { return nil }
      return ThreatObject(field: field, type: type)
    }
  }

  /// `risk_score`, `message` and `observable[name, type, role]`: victims get the risk, attackers
  /// are threat objects.
  private func riskOfTags(_ tags: DocumentFields) -> RiskRule? {
    guard let score = tags.whole("risk_score").flatMap({ checked($0, in: tags) }) else {
      return nil
    }
    var objects: [RiskObject] = []
    var threats: [ThreatObject] = []
    for entry in tags.mappings("observable", what: "an observable") {
      guard let name = entry.requiredText("name"), let type = entry.requiredText("type") else {
        continue
      }
      if entry.texts("role").contains("Attacker") {
        threats.append(ThreatObject(field: name, type: type.lowercased()))
      } else {
        objects.append(RiskObject(field: name, type: Self.riskType(of: type), score: score))
      }
    }
    return RiskRule(
      message: tags.text("message") ?? "", objects: objects, threatObjects: threats)
  }

  private static func riskType(of observable: String) -> String {
    switch observable {
    case "User", "Username", "Email Address": "user"
    case "Hostname", "Endpoint", "Device", "IP Address": "system"
    default: "other"
    }
  }
}

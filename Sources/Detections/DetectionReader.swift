import Diagnostics
import Documents

/// Reads a detection out of its document, whichever generation of the format it has.
struct DetectionReader {
  let document: Document
  let fields: DocumentFields
  let tags: DocumentFields?

  private static let keys: Set<String> = [
    "name", "id", "version", "date", "creation_date", "modification_date", "author", "status",
    "type", "description", "data_source", "search", "how_to_implement",
    "known_false_positives", "references", "drilldown_searches", "rba", "finding",
    "threat_objects", "analytic_story", "asset_type", "mitre_attack_id", "product", "category",
    "security_domain", "tags", "tests",
  ]
  private static let tagKeys: Set<String> = [
    "analytic_story", "asset_type", "mitre_attack_id", "product", "category", "security_domain",
    "risk_score", "message", "observable", "confidence", "impact", "cve", "atomic_guid",
    "manual_test", "group", "throttling", "required_fields", "kill_chain_phases", "nist", "cis20",
  ]

  init?(document: Document, problems: DocumentProblems) {
    guard let fields = DocumentFields(document.root, what: "a detection", problems: problems)
    else { return nil }
    self.document = document
    self.fields = fields
    tags = fields.mapping("tags", what: "the tags")
    fields.warn(ofKeysNotIn: Self.keys)
    tags?.warn(ofKeysNotIn: Self.tagKeys)
  }

  /// Nil, and problems, where something that must be there is missing or of a wrong type.
  func detection() -> Detection? {
    // All of it is read before anything is missed, so that all problems are found.
    let name = fields.requiredText("name")
    let id = fields.requiredText("id")
    let kind = kind()
    let search = source("search", in: fields)
    let version = fields.whole("version")
    let date = fields.text("modification_date") ?? fields.text("date")
    let created = fields.text("creation_date")
    let author = fields.text("author")
    let status = fields.text("status")
    let (description, how, known) = (
      prose("description"), prose("how_to_implement"), prose("known_false_positives")
    )
    let (sources, references) = (fields.texts("data_source"), fields.texts("references"))
    let risk = RiskReader(fields: fields, tags: tags).risk()
    let (drilldowns, read, tests) = (drilldowns(), readTags(), tests())
    guard let name, let id, let kind, let search else { return nil }
    return Detection(
      name: name, id: id, version: version, date: date, created: created, author: author,
      status: status, kind: kind, description: description, dataSources: sources, search: search,
      howToImplement: how, knownFalsePositives: known, references: references,
      drilldowns: drilldowns, risk: risk, tags: read, tests: tests)
  }

  private func prose(_ key: String) -> String { fields.text(key) ?? "" }

  private func kind() -> DetectionKind? {
    guard let word = fields.requiredText("type") else { return nil }
    if let kind = DetectionKind(rawValue: word) { return kind }
    let words = DetectionKind.allCases.map(\.rawValue)
    fields.problems.error(
      "unknown-type", "the type is '\(word)', expected \(words.joined(separator: ", "))",
      at: fields.value("type")?.span,
      help: nearest(to: word, in: words).map { "did you mean '\($0)'?" })
    return nil
  }

  /// A search as a text of its own whose offsets lead back to the file.
  private func source(_ key: String, in fields: DocumentFields) -> SourceText? {
    guard fields.requiredText(key) != nil, let node = fields.value(key),
      let scalar = node.scalar
    else { return nil }
    return document.sourceText(of: scalar, at: node)
  }

  private func drilldowns() -> [DrilldownSearch] {
    fields.mappings("drilldown_searches", what: "a drilldown search").compactMap { entry in
      entry.warn(ofKeysNotIn: ["name", "search", "earliest_offset", "latest_offset"])
      let name = entry.requiredText("name")
      let search = source("search", in: entry)
      let earliest = offset("earliest_offset", in: entry, default: .windowStart)
      let latest = offset("latest_offset", in: entry, default: .windowEnd)
      guard let name, let search, let earliest, let latest else { return nil }
      return DrilldownSearch(name: name, search: search, earliest: earliest, latest: latest)
    }
  }

  private func offset(
    _ key: String, in entry: DocumentFields, default absent: DrilldownOffset
  ) -> DrilldownOffset? {
    guard let node = entry.value(key) else { return absent }
    guard let text = entry.text(key) else { return nil }
    if let offset = DrilldownOffset(text) { return offset }
    entry.problems.error(
      "wrong-offset", "'\(key)' is '\(text)', expected $info_min_time$, $info_max_time$ or '7d'",
      at: node.span)
    return nil
  }

  private func readTags() -> DetectionTags {
    var read = DetectionTags()
    // The top level since May 2026, `tags` before.
    for place in [fields, tags].compactMap({ $0 }) {
      read.analyticStories += place.texts("analytic_story")
      read.techniques += place.texts("mitre_attack_id")
      read.products += place.texts("product")
      read.categories += place.texts("category")
      read.assetType = read.assetType ?? place.text("asset_type")
      read.securityDomain = read.securityDomain ?? place.text("security_domain")
    }
    read.manualTest = tags?.text("manual_test")
    return read
  }

  private func tests() -> [DetectionTest] {
    fields.mappings("tests", what: "a test").compactMap { entry in
      guard let name = entry.requiredText("name") else { return nil }
      let data = entry.mappings("attack_data", what: "attack data").compactMap { item in
        item.requiredText("data").map {
          DetectionTest.AttackData(
            data: $0, source: item.text("source"), sourcetype: item.text("sourcetype"))
        }
      }
      return DetectionTest(name: name, type: entry.text("test_type"), attackData: data)
    }
  }
}

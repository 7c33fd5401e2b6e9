import Events
package import Findings

/// Findings in the words of the Open Cybersecurity Schema Framework, version 1.3.0.
///
/// See https://schema.ocsf.io/1.3.0/classes/vulnerability_finding and `detection_finding`.
package struct OCSF: Sendable {
  /// Of this program, as `metadata.product.version`.
  private let version: String

  package init(version: String) { self.version = version }

  /// A row of a scan as a Vulnerability Finding (class 2002): one line of JSON.
  ///
  /// Nil for a row that names no vulnerability: a blind spot, an image that was pushed.
  package func vulnerability(_ row: ResultRow, _ triage: Triage) -> String? {
    guard let name = row.roles[.finding], row.roles[.severity] != nil else { return nil }
    var object = base(row, triage, category: (2002, "Vulnerability Finding"))
    object.add("vulnerabilities", list: [vulnerability(named: name, row)])
    object.add("resources", list: [image(row)].filter { !$0.isEmpty })
    return object.closed
  }

  /// A row as a Detection Finding (class 2004): one line of JSON.
  package func detection(
    _ row: ResultRow, _ triage: Triage, risk: [RiskEvent]
  ) -> String {
    var object = base(row, triage, category: (2004, "Detection Finding"))
    object.add("risk_score", risk.map { Int64($0.score) }.max())
    object.add("message", risk.first?.message)
    object.add("count", Int64(row.count))
    object.add("start_time", milliseconds(row.firstSeen))
    object.add("end_time", milliseconds(row.lastSeen))
    var evidence = JSONObject()
    evidence.add("actor") { $0.add("user") { $0.add("name", row.roles[.user]) } }
    evidence.add("src_endpoint") { endpoint in
      guard let source = row.roles[.source] else { return }
      // A service calls by its name.
      endpoint.add(Self.isAddress(source) ? "ip" : "name", source)
    }
    object.add("evidences", list: [evidence].filter { !$0.isEmpty })
    object.add("resources", list: [image(row)].filter { !$0.isEmpty })
    return object.closed
  }

  private func base(
    _ row: ResultRow, _ triage: Triage, category: (id: Int64, name: String)
  ) -> JSONObject {
    var object = JSONObject()
    object.add("class_uid", category.id)
    object.add("class_name", category.name)
    object.add("category_uid", 2)
    object.add("category_name", "Findings")
    object.add("activity_id", 1)
    object.add("activity_name", "Create")
    object.add("type_uid", category.id * 100 + 1)
    object.add("time", milliseconds(row.lastSeen))
    let severity = Self.severity(row.roles[.severity])
    object.add("severity_id", severity.id)
    object.add("severity", severity.name)
    let status = Self.status(triage.status)
    object.add("status_id", status.id)
    object.add("status", status.name)
    object.add("comment", triage.comment)
    object.add("metadata") { metadata in
      metadata.add("version", "1.3.0")
      metadata.add("uid", row.id.digits)
      metadata.add("product") { product in
        product.add("name", "watchfloor")
        product.add("vendor_name", "watchfloor")
        product.add("version", version)
      }
    }
    object.add("finding_info") { add(row, to: &$0) }
    object.add("cloud") { cloud in
      cloud.add("provider", "AWS")
      cloud.add("region", row.roles[.region])
      cloud.add("account") { account in
        account.add("uid", row.roles[.account])
        if !account.isEmpty { account.add("type_id", 10) }
      }
    }
    return object
  }

  private func add(_ row: ResultRow, to info: inout JSONObject) {
    info.add("uid", row.finding.digits)
    let words = [row.roles[.finding] ?? row.rule, row.roles[.repository]].compactMap { $0 }
    info.add("title", words.joined(separator: " in "))
    info.add("desc", description(row))
    info.add("first_seen_time", milliseconds(row.firstSeen))
    info.add("last_seen_time", milliseconds(row.lastSeen))
    info.add("analytic") { analytic in
      analytic.add("name", row.rule)
      analytic.add("uid", row.ruleID)
      analytic.add("type_id", 1)
      analytic.add("type", "Rule")
    }
  }

  private func vulnerability(named name: String, _ row: ResultRow) -> JSONObject {
    var object = JSONObject()
    object.add("title", name)
    object.add("desc", description(row))
    object.add("severity", row.roles[.severity])
    object.add("references", texts: texts(row, "uri"))
    if name.uppercased().hasPrefix("CVE-") { object.add("cve") { $0.add("uid", name) } }
    if let package = row.roles[.package] {
      var affected = JSONObject()
      affected.add("name", package)
      affected.add("version", row.roles[.version] ?? "unknown")
      object.add("affected_packages", list: [affected])
    }
    return object
  }

  private func image(_ row: ResultRow) -> JSONObject {
    var object = JSONObject()
    object.add("uid", row.roles[.image])
    object.add("name", row.roles[.repository])
    if object.isEmpty { return object }
    object.add("type", "AWS ECR image")
    object.add("region", row.roles[.region])
    return object
  }

  private func description(_ row: ResultRow) -> String? {
    texts(row, "description").first ?? texts(row, "finding_description").first
  }

  /// Values of a column of the row, else of its sample.
  private func texts(_ row: ResultRow, _ name: Text) -> [String] {
    let column = row.columns.firstIndex(of: name).map { row.values[$0] }
    return (column ?? row.sample[name] ?? .null).each.compactMap(\.text?.string)
  }

  private func milliseconds(_ time: Timestamp) -> Int64 { time.seconds * 1000 }

  /// OCSF's severities; AWS has two more that it does not know.
  private static func severity(_ word: String?) -> (id: Int64, name: String) {
    switch word?.lowercased() {
    case "informational": (1, "Informational")
    case "low": (2, "Low")
    case "medium": (3, "Medium")
    case "high": (4, "High")
    case "critical": (5, "Critical")
    case nil, "undefined", "untriaged", "unknown": (0, "Unknown")
    case let other?: (99, other)
    }
  }

  private static func status(_ status: TriageStatus) -> (id: Int64, name: String) {
    switch status {
    case .new, .unassigned: (1, "New")
    case .inProgress, .pending: (2, "In Progress")
    case .resolved, .closed: (4, "Resolved")
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: ":"))
      || text.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
  }
}

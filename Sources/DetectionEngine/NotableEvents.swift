package import Detections
package import Events
package import Findings

/// `index=notable`: an event for each row of a TTP rule, with the row's columns.
package struct NotableEvents: Sendable {
  private let rules: [String: Rule]

  /// Rules that are no TTP raise none.
  package init(_ rules: [Rule]) {
    self.rules = Dictionary(
      rules.filter { $0.detection.kind == .ttp || $0.detection.kind == .correlation }
        .map { ($0.detection.id, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The newest first.
  package func events(
    in range: Findings.TimeRange, of library: any Library
  ) throws -> [Event] {
    let rows = try library.rows(seenIn: range).filter { rules[$0.ruleID] != nil }
    let triage = try library.triage(of: Set(rows.map(\.finding)))
    return rows.compactMap { event(of: $0, triage[$0.finding] ?? .untouched) }
  }

  private func event(of row: ResultRow, _ triage: Triage) -> Event? {
    guard let rule = rules[row.ruleID] else { return nil }
    let values = RowValues(columns: row.columns, values: row.values, sample: row.sample)
    let detection = rule.detection
    var fields = Dictionary(zip(row.columns, row.values), uniquingKeysWith: { $1 })
    let title = detection.risk.map { MessageTemplate($0.message).filled(with: values) }
    fields["_time"] = .number(.whole(row.lastSeen.seconds))
    fields["info_min_time"] = .number(.whole(row.window.start.seconds))
    fields["info_max_time"] = .number(.whole(row.window.end.seconds))
    fields["event_id"] = .string(row.id.digits)
    fields["finding_id"] = .string(row.finding.digits)
    fields["search_name"] = .string(detection.searchName)
    fields["source"] = .string(detection.searchName)
    fields["rule_name"] = .string(detection.name)
    fields["rule_title"] = .string(title ?? detection.name)
    fields["rule_description"] = .string(detection.description)
    fields["security_domain"] = detection.tags.securityDomain.map { .string($0) } ?? .null
    fields["urgency"] = .string(triage.urgency?.rawValue ?? urgency(of: row))
    fields["status"] = .string(triage.status.rawValue)
    fields["owner"] = .string(triage.owner ?? "unassigned")
    fields["disposition"] = .string(triage.disposition.rawValue)
    fields["comment"] = triage.comment.map { .string($0) } ?? .null
    fields["severity"] = fields["severity"] ?? row.roles[.severity].map { .string($0) }
    fields["user"] = fields["user"] ?? row.roles[.user].map { .string($0) }
    return Event(time: row.lastSeen, fields: ListedFields(fields.filter { !$0.value.isNull }))
  }

  /// The row's own severity in Enterprise Security's words; `high`, which ESCU gives its TTP
  /// rules, where the row has none.
  private func urgency(of row: ResultRow) -> String {
    let severity = row.roles[.severity]?.lowercased() ?? ""
    return Self.urgencies.contains(severity) ? severity : "high"
  }

  private static let urgencies: Set<String> = [
    "informational", "low", "medium", "high", "critical",
  ]
}

extension RiskEvent {
  /// The event that searches of `index=risk` see.
  package var event: Event { Event(time: time, fields: ListedFields(fields)) }
}

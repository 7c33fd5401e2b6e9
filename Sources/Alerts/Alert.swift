package import Events
package import Findings

/// Something that an analyst wants to be told of at once, wherever they look.
package struct Alert: Equatable, Sendable {
  package enum Kind: String, Sendable {
    case finding
    case threshold
    case integrity
    case lag
  }

  package var kind: Kind
  /// One line of text, as a notification shows it; log text in it is not yet made safe.
  package var sentence: String
  /// What a program is told beside, by name.
  package var facts: [(name: String, value: Value)]

  package static func == (left: Alert, right: Alert) -> Bool {
    left.kind == right.kind && left.sentence == right.sentence
      && left.facts.elementsEqual(right.facts) { $0.name == $1.name && $0.value == $1.value }
  }

  /// One row: the kind, the sentence, then the facts.
  package var table: Table {
    Table(
      columns: (["alert", "sentence"] + facts.map(\.name)).map { Text($0) },
      rows: [[.string(kind.rawValue), .string(sentence)] + facts.map(\.value)])
  }
}

extension Alert {
  /// A finding that was not there before: `HIGH CVE-2026-21001 in payments/api, read by test`.
  package init(newFinding row: ResultRow, isIntegrity: Bool) {
    func role(_ role: PaneRole) -> Value { row.roles[role].map(Value.string) ?? .null }
    var words = [row.roles[.severity], row.roles[.finding] ?? row.rule].compactMap { $0 }
    if let repository = row.roles[.repository] { words.append("in " + repository) }
    self.init(
      kind: isIntegrity ? .integrity : .finding,
      sentence: words.joined(separator: " ") + (row.roles[.user].map { ", read by \($0)" } ?? ""),
      facts: [
        ("rule", .string(row.rule)), ("finding_id", .string(row.finding.digits)),
        ("time", .string(row.lastSeen.shown)), ("severity", role(.severity)),
        ("finding", role(.finding)), ("package", role(.package)), ("version", role(.version)),
        ("repository", role(.repository)), ("image", role(.image)), ("user", role(.user)),
        ("src", role(.source)), ("account", role(.account)), ("region", role(.region)),
      ])
  }

  /// A user whose risk score of 24 hours has gone over the threshold.
  init(user: UserLine, threshold: Int) {
    self.init(
      kind: .threshold,
      sentence: "\(user.user) has a risk score of \(user.risk24h) in 24 hours, over \(threshold)",
      facts: [
        ("user", .string(user.user)), ("risk_score", .number(.whole(Int64(user.risk24h)))),
        ("threshold", .number(.whole(Int64(threshold)))), ("time", .string(user.lastSeen.shown)),
      ])
  }

  /// Logs that wait to be read for too long.
  init(minutesBehind minutes: Int, bytes: Int64) {
    self.init(
      kind: .lag, sentence: "\(bytes) bytes of logs have been unread for \(minutes) minutes",
      facts: [
        ("minutes", .number(.whole(Int64(minutes)))), ("bytes", .number(.whole(bytes))),
      ])
  }
}

extension Timestamp {
  /// `2026-03-16T12:00:00Z`.
  fileprivate var shown: String { "\(date)T\(timeOfDay)Z" }
}

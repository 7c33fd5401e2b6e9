package import Events
package import Findings

/// Decides what is worth an alert: what is new while the logs are followed live, never what a
/// catch-up reads.
package struct AlertJudge: Sendable {
  /// Severities whose new findings are told.
  private static let severities: Set<Text> = ["critical", "high"]

  private let threshold: Int
  /// Nil where lag is nobody's concern.
  private let lagMinutes: Int?
  private var usersOver: Set<String> = []
  private var knowsUsers = false
  private var behindSince: Timestamp?
  private var hasToldLag = false

  /// - Parameters:
  ///   - threshold: the risk score of 24 hours that must not be exceeded.
  ///   - lagMinutes: how long bytes may wait to be read; nil or 0 is for ever.
  package init(threshold: Int, lagMinutes: Int?) {
    self.threshold = threshold
    self.lagMinutes = lagMinutes.flatMap { $0 > 0 ? $0 : nil }
  }

  /// The newest row of each finding that has come since the last call.
  package func findings(_ newest: [ResultRow], isLive: Bool) -> [Alert] {
    guard isLive else { return [] }
    return newest.compactMap { row in
      let isIntegrity = row.rule == KnownRule.integrity
      let severity = row.roles[.severity].map { Text($0).foldingASCIICase }
      guard isIntegrity || severity.map(Self.severities.contains) == true else { return nil }
      return Alert(newFinding: row, isIntegrity: isIntegrity)
    }
  }

  /// The users as they stand now, those over the threshold among them.
  ///
  /// Who was over it at the first call, or went over it in a catch-up, is not told.
  package mutating func users(_ lines: [UserLine], isLive: Bool) -> [Alert] {
    let over = lines.filter { $0.risk24h > threshold }
    defer {
      usersOver = Set(over.map(\.user))
      knowsUsers = true
    }
    guard isLive, knowsUsers else { return [] }
    return over.filter { !usersOver.contains($0.user) }.map {
      Alert(user: $0, threshold: threshold)
    }
  }

  /// How many bytes wait at a time of a clock; told once until all is read.
  package mutating func lag(bytesBehind: Int64, at now: Timestamp) -> [Alert] {
    guard let lagMinutes, bytesBehind > 0 else {
      behindSince = nil
      hasToldLag = false
      return []
    }
    let since = behindSince ?? now
    behindSince = since
    let minutes = Int(now.seconds - since.seconds) / 60
    guard !hasToldLag, minutes >= lagMinutes else { return [] }
    hasToldLag = true
    return [Alert(minutesBehind: minutes, bytes: bytesBehind)]
  }
}

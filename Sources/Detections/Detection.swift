package import Diagnostics

/// A detection as its ESCU file says it: every key, nothing compiled yet.
package struct Detection: Equatable, Sendable {
  package var name: String
  package var id: String
  /// Nil where the file has none.
  package var version: Int?
  /// Of the newest change, `2026-03-10` (`date`, or `modification_date` since May 2026).
  package var date: String?
  /// Of the first version, where the file tells it.
  package var created: String?
  package var author: String?
  package var status: String?
  package var kind: DetectionKind
  package var description: String
  package var dataSources: [String]
  /// Offsets in it lead back to the lines of the file.
  package var search: SourceText
  package var howToImplement: String
  package var knownFalsePositives: String
  package var references: [String]
  package var drilldowns: [DrilldownSearch]
  /// Nil where the detection raises no risk.
  package var risk: RiskRule?
  package var tags: DetectionTags
  package var tests: [DetectionTest]

  /// What Splunk calls the saved search, the `search_name` of risk and notable events.
  package var searchName: String { "ESCU - \(name) - Rule" }
}

/// What a detection's results are to the analyst.
package enum DetectionKind: String, CaseIterable, Equatable, Sendable {
  case ttp = "TTP"
  case anomaly = "Anomaly"
  case hunting = "Hunting"
  case correlation = "Correlation"

  /// TTP and Anomaly raise risk; Hunting does not, Correlation reads it.
  package var raisesRisk: Bool { self == .ttp || self == .anomaly }
}

/// Classification of a detection; the keys of `tags`, at the top level since May 2026.
package struct DetectionTags: Equatable, Sendable {
  package var analyticStories: [String] = []
  package var assetType: String?
  /// ATT&CK ids, `T1204.003`.
  package var techniques: [String] = []
  package var products: [String] = []
  package var categories: [String] = []
  package var securityDomain: String?
  /// Why the detection cannot be tested by replaying data.
  package var manualTest: String?

  package init() {}
}

/// What a row of the detection means for the entities in it: the `rba` block, or `finding`.
package struct RiskRule: Equatable, Sendable {
  /// With `$field$` for values of the row.
  package var message: String
  package var objects: [RiskObject]
  package var threatObjects: [ThreatObject]

  package init(message: String, objects: [RiskObject], threatObjects: [ThreatObject]) {
    self.message = message
    self.objects = objects
    self.threatObjects = threatObjects
  }
}

/// A column of the row that gets risk.
package struct RiskObject: Equatable, Sendable {
  package var field: String
  /// `user`, `system`, `other`.
  package var type: String
  package var score: Int

  package init(field: String, type: String, score: Int) {
    self.field = field
    self.type = type
    self.score = score
  }
}

/// A column of the row that did it: an address, a file name.
package struct ThreatObject: Equatable, Sendable {
  package var field: String
  package var type: String

  package init(field: String, type: String) {
    self.field = field
    self.type = type
  }
}

/// A search that the analyst opens from a row or a user.
package struct DrilldownSearch: Equatable, Sendable {
  /// With tokens such as `$user$`.
  package var name: String
  package var search: SourceText
  package var earliest: DrilldownOffset
  package var latest: DrilldownOffset

  package init(
    name: String, search: SourceText, earliest: DrilldownOffset, latest: DrilldownOffset
  ) {
    self.name = name
    self.search = search
    self.earliest = earliest
    self.latest = latest
  }
}

/// One end of a drilldown's time range, seen from the windows of the row it was opened from.
package enum DrilldownOffset: Equatable, Sendable {
  /// `$info_min_time$`: the start of the first window.
  case windowStart
  /// `$info_max_time$`: the end of the last window.
  case windowEnd
  /// `7d`, `0`: seconds before the start, or after the end, of those windows.
  case seconds(Int64)

  /// Reads `$info_min_time$`, `$info_max_time$`, `7d`, `24h`, `30m`, `10s`, `2w`, `0`; nil for
  /// anything else.
  package init?(_ text: String) {
    switch text {
    case "$info_min_time$": self = .windowStart
    case "$info_max_time$": self = .windowEnd
    default:
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      let units: [String: Int64] = [
        "": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400,
      ]
      guard let number = Int64(digits), number <= 1_000_000_000,
        let unit = units[String(text.dropFirst(digits.count))]
      else { return nil }
      self = .seconds(number * unit)
    }
  }
}

/// Data that the detection must find something in.
package struct DetectionTest: Equatable, Sendable {
  package struct AttackData: Equatable, Sendable {
    /// An address or a path.
    package var data: String
    package var source: String?
    package var sourcetype: String?

    package init(data: String, source: String?, sourcetype: String?) {
      self.data = data
      self.source = source
      self.sourcetype = sourcetype
    }
  }

  package var name: String
  /// `unit`, `experimental`, ...; nil where the file does not say.
  package var type: String?
  package var attackData: [AttackData]

  package init(name: String, type: String?, attackData: [AttackData]) {
    self.name = name
    self.type = type
    self.attackData = attackData
  }
}

import Events
import Findings

/// The handover as headings, sentences and tables: what every form of it says.
struct Sections {
  /// One heading with what stands under it.
  struct Section: Equatable {
    var title: String
    /// A sentence; stands alone where there is no table.
    var text: String?
    var columns: [String] = []
    var rows: [[String]] = []
    /// How many rows there are beyond those shown.
    var omitted = 0
    /// Below another section's heading.
    var isInner = false
  }

  let handover: Handover

  /// The most rows of a table that are shown.
  static let mostRows = 100

  var title: String {
    "Shift handover, \(Self.minute(handover.range.from)) to \(Self.minute(handover.range.to))"
  }

  /// The shift in a sentence.
  var summary: String {
    let parts = [
      Self.counted(handover.critical, "new CRITICAL finding"),
      Self.counted(handover.high, "new HIGH finding"),
      Self.counted(handover.users.count, "user") + " over the risk threshold",
      Self.counted(handover.triage.count, "triage step"),
      Self.counted(handover.blindSpots.count, "blind spot"),
      Self.counted(handover.untrusted.count, "log file") + " not to be trusted",
      Self.counted(handover.open, "finding") + " open in all",
    ]
    return parts.joined(separator: ", ") + "."
  }

  var all: [Section] { new + [users, triage, blindSpots, untrusted] }

  private var new: [Section] {
    let title = "New CRITICAL and HIGH findings by repository"
    guard !handover.repositories.isEmpty else {
      return [Section(title: title, text: "Nothing new.")]
    }
    return [Section(title: title)]
      + handover.repositories.map { repository in
        table(
          "\(repository.name): \(repository.critical) CRITICAL, \(repository.high) HIGH",
          ["first seen", "severity", "finding", "package", "images", "status", "owner"],
          repository.findings.map { finding in
            [
              Self.minute(finding.firstSeen), finding.severity ?? "-", finding.finding ?? "-",
              [finding.package, finding.version].compactMap { $0 }.joined(separator: " "),
              String(finding.images), finding.triage.status.rawValue, finding.triage.owner ?? "-",
            ]
          }, isInner: true)
      }
  }

  private var users: Section {
    let title = "Users over the risk threshold of \(RiskThreshold.score) in 24 hours"
    guard !handover.users.isEmpty else { return Section(title: title, text: "Nobody.") }
    return table(
      title, ["user", "risk 24h", "risk 7d", "last seen"],
      handover.users.map {
        [$0.user, String($0.risk24h), String($0.risk7d), Self.minute($0.lastSeen)]
      })
  }

  private var triage: Section {
    let title = "Triage done"
    guard !handover.triage.isEmpty else {
      return Section(
        title: title,
        text: "None from \(Self.minute(handover.worked.from)) to "
          + "\(Self.minute(handover.worked.to)).")
    }
    return table(
      title, ["when", "who", "finding", "repository", "change"],
      handover.triage.map { entry in
        [
          entry.after.at.map(Self.minute) ?? "-", entry.after.by ?? "-", entry.name ?? "-",
          entry.repository ?? "-", entry.sentence(),
        ]
      })
  }

  private var blindSpots: Section {
    let title = "Blind spots"
    guard !handover.blindSpots.isEmpty else {
      return Section(title: title, text: "None: every scan that was read could be seen whole.")
    }
    return table(
      title, ["last", "repository", "why", "image", "read by"],
      handover.blindSpots.map { row in
        [
          Self.minute(row.lastSeen), row.roles[.repository] ?? "-", row.roles[.finding] ?? "-",
          row.roles[.image] ?? "-", row.roles[.user] ?? "-",
        ]
      })
  }

  private var untrusted: Section {
    let title = "Log files not to be trusted"
    guard !handover.untrusted.isEmpty else {
      return Section(title: title, text: "None is known.")
    }
    return table(
      title, ["last", "file"],
      handover.untrusted.map { [Self.minute($0.lastSeen), $0.finding ?? "-"] })
  }

  private func table(
    _ title: String, _ columns: [String], _ rows: [[String]], isInner: Bool = false
  ) -> Section {
    Section(
      title: title, text: nil, columns: columns, rows: Array(rows.prefix(Self.mostRows)),
      omitted: max(0, rows.count - Self.mostRows), isInner: isInner)
  }

  /// `2026-03-16 12:00Z`.
  static func minute(_ time: Timestamp) -> String { "\(time.date) \(time.timeOfDay.prefix(5))Z" }

  /// `1 finding`, `2 findings`, `0 findings`.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

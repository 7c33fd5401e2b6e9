package import Events
package import Findings

/// The range of time that the lists look at.
package enum TimeChoice: Equatable, Sendable {
  /// So far back from the end.
  case seconds(Int64)
  case all
  /// Both ends included.
  case between(Timestamp, Timestamp)
  case since(Timestamp)

  package static let offered: [TimeChoice] = [
    .seconds(3600), .seconds(86400), .seconds(7 * 86400), .seconds(30 * 86400), .all,
  ]

  /// `last 7 days`.
  package var title: String {
    switch self {
    case .all: "all time"
    case .between(let from, let to):
      from.date == to.date
        ? "\(Wording.minute(from)) to \(to.timeOfDay.prefix(5))"
        : "\(Wording.minute(from)) to \(Wording.minute(to))"
    case .since(let from): "since \(Wording.minute(from))"
    case .seconds(3600): "last hour"
    case .seconds(86400): "last 24 hours"
    case .seconds(let seconds) where seconds % 86400 == 0 && seconds > 86400:
      "last \(Wording.counted(Int(seconds / 86400), "day"))"
    case .seconds(let seconds) where seconds % 3600 == 0:
      "last \(Wording.counted(Int(seconds / 3600), "hour"))"
    case .seconds(let seconds) where seconds % 60 == 0:
      "last \(Wording.counted(Int(seconds / 60), "minute"))"
    case .seconds(let seconds): "last \(Wording.counted(Int(seconds), "second"))"
    }
  }

  /// Reads `-24h`, `24h`, `90m`, `7d`, `2w`, `all`, `2026-01-01..2026-01-02`, `2026-01-01T10:00..`;
  /// a day as an end is that whole day; nil for anything else.
  package init?(typed text: String) {
    if text == "all" {
      self = .all
      return
    }
    if let range = TimeChoice.range(typed: text) {
      self = range
      return
    }
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard let unit = digits.last, let number = Int64(digits.dropLast()), number > 0,
      number <= 1_000_000
    else { return nil }
    switch unit {
    case "s": self = .seconds(number)
    case "m": self = .seconds(number * 60)
    case "h": self = .seconds(number * 3600)
    case "d": self = .seconds(number * 86400)
    case "w": self = .seconds(number * 7 * 86400)
    default: return nil
    }
  }

  private static func range(typed text: String) -> TimeChoice? {
    guard let dots = text.firstRange(of: "..") else { return nil }
    let (start, end) = (text[..<dots.lowerBound], text[dots.upperBound...])
    guard let from = Timestamp(iso8601: start) else { return nil }
    if end.isEmpty { return .since(from) }
    guard var to = Timestamp(iso8601: end) else { return nil }
    if end.utf8.count == 10 { to = to + 86399 }
    return to < from ? nil : .between(from, to)
  }

  /// The range as `init(typed:)` reads it.
  package var typed: String {
    switch self {
    case .all: "all"
    case .seconds(let seconds) where seconds % 86400 == 0: "\(seconds / 86400)d"
    case .seconds(let seconds) where seconds % 3600 == 0: "\(seconds / 3600)h"
    case .seconds(let seconds) where seconds % 60 == 0: "\(seconds / 60)m"
    case .seconds(let seconds): "\(seconds)s"
    case .between(let from, let to): "\(from.iso8601)..\(to.iso8601)"
    case .since(let from): "\(from.iso8601).."
    }
  }

  /// What to say of a text that is no range.
  static func refusal(of text: String) -> String {
    "'\(text)' is not a time range; try -24h, 90m, 7d, all or 2026-01-01..2026-01-02"
  }

  package func range(upTo end: Timestamp) -> TimeRange {
    switch self {
    case .all: TimeRange(from: nil, to: end)
    case .seconds(let seconds): TimeRange(from: end - seconds, to: end)
    case .between(let from, let to): TimeRange(from: from, to: min(to, end))
    case .since(let from): TimeRange(from: from, to: end)
    }
  }
}

package import Events
package import Findings

/// How far back the lists look.
package enum TimeChoice: Equatable, Sendable {
  case seconds(Int64)
  case all

  package static let offered: [TimeChoice] = [
    .seconds(3600), .seconds(86400), .seconds(7 * 86400), .seconds(30 * 86400), .all,
  ]

  /// `last 7 days`.
  package var title: String {
    switch self {
    case .all: "all time"
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

  /// Reads `-24h`, `24h`, `90m`, `7d`, `2w`, `all`; nil for anything else.
  package init?(typed text: String) {
    if text == "all" {
      self = .all
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

  /// What to say of a text that is no range.
  static func refusal(of text: String) -> String {
    "'\(text)' is not a time range; try -24h, 90m, 7d or all"
  }

  package func range(upTo end: Timestamp) -> TimeRange {
    switch self {
    case .all: TimeRange(from: nil, to: end)
    case .seconds(let seconds): TimeRange(from: end - seconds, to: end)
    }
  }
}

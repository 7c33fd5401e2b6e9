import Diagnostics

/// Collects the time modifiers that stand among the conditions of a `search`.
struct TimeReader {
  private(set) var modifiers = TimeModifiers.none
  private var names: [StageParser.Word] = []

  /// How many were read so far.
  var count: Int { names.count }

  private static let unsupported: Set<String> = [
    "_index_earliest", "_index_latest", "starttime", "endtime", "starttimeu", "endtimeu",
    "startdaysago", "enddaysago", "endhoursago", "startminutesago", "endminutesago",
    "startmonthsago", "endmonthsago", "searchtimespanhours", "searchtimespandays",
    "searchtimespanminutes", "searchtimespanmonths", "timeformat",
  ]

  /// Takes `name=value` if it is a time modifier; false means that it is a condition on a field.
  mutating func read(
    _ name: StageParser.Word, _ comparison: Comparison, _ value: StageParser.Word
  ) throws(Diagnostic) -> Bool {
    guard let modifier = name.wording.bareText else { return false }
    if Self.unsupported.contains(modifier) {
      throw name.fails(TermProblem.unsupportedTime(modifier))
    }
    guard ["earliest", "latest", "starthoursago"].contains(modifier) else { return false }
    guard comparison == .equal else {
      let found = quoted(comparison.rawValue)
      throw name.fails(TextProblem.unexpected(found: found, expected: "'=' after '\(modifier)'"))
    }
    if names.contains(where: { $0.text == modifier }) {
      throw name.fails(ArgumentProblem.repeatedOption(modifier))
    }
    names.append(name)
    if modifiers.set(modifier, value.text) == false {
      throw value.fails(TermProblem.invalidTime(value.text, modifier: modifier))
    }
    return true
  }

  /// The problem of the first modifier that was read after the first `count`.
  func misplaced(since count: Int) -> Diagnostic {
    names[count].fails(TermProblem.misplacedTime(names[count].text))
  }

  /// A filter narrows what is shown, whose time range is chosen elsewhere.
  func refuseInFilter() throws(Diagnostic) {
    guard let name = names.first else { return }
    throw name.fails(StageProblem.filterTime(name.text))
  }
}

extension TimeModifiers {
  /// False when the text is no time for that modifier.
  fileprivate mutating func set(_ modifier: String, _ text: String) -> Bool {
    switch modifier {
    case "earliest":
      earliest = TimeBound(text)
      return earliest != nil
    case "latest":
      latest = TimeBound(text)
      return latest != nil
    default:
      startHoursAgo = Int(text).flatMap { (0...1_000_000).contains($0) ? $0 : nil }
      return startHoursAgo != nil
    }
  }
}

import Diagnostics

/// Collects the time modifiers that stand among the conditions of a `search`.
struct TimeReader {
  private(set) var modifiers = TimeModifiers.none
  private var names: [StageParser.Word] = []

  /// How many were read so far.
  var count: Int { names.count }

  private static let unsupported: Set<String> = [
    "_index_earliest", "_index_latest", "starttimeu", "endtimeu", "searchtimespanhours",
    "searchtimespandays", "searchtimespanminutes", "searchtimespanmonths", "timeformat",
  ]

  /// Takes `name=value` if it is a time modifier; false means that it is a condition on a field.
  mutating func read(
    _ name: StageParser.Word, _ comparison: Comparison, _ value: StageParser.Word
  ) throws(Diagnostic) -> Bool {
    guard let modifier = name.wording.bareText else { return false }
    if Self.unsupported.contains(modifier) {
      throw name.fails(TermProblem.unsupportedTime(modifier))
    }
    guard TimeModifiers.names.contains(modifier) else { return false }
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
  fileprivate static let names: Set<String> = [
    "earliest", "latest", "starttime", "endtime", "starthoursago", "endhoursago", "startdaysago",
    "enddaysago", "startminutesago", "endminutesago", "startmonthsago", "endmonthsago",
  ]

  /// False when the text is no time for that modifier.
  fileprivate mutating func set(_ modifier: String, _ text: String) -> Bool {
    let isStart = modifier == "earliest" || modifier.hasPrefix("start")
    guard modifier.hasSuffix("ago") else {
      guard let bound = TimeBound(text) else { return false }
      if isStart { earliest = bound } else { latest = bound }
      return true
    }
    guard let count = Int(text), (0...1_000_000).contains(count) else { return false }
    switch modifier.dropFirst(isStart ? 5 : 3).dropLast(3) {
    case "hours": setHoursAgo(count, isStart)
    case "days": setHoursAgo(count * 24, isStart)
    case let unit:
      let step = RelativeTime.Step.shift(-Int64(count), unit == "minutes" ? .minute : .month)
      let bound = TimeBound.relative(RelativeTime([step]))
      if isStart { earliest = bound } else { latest = bound }
    }
    return true
  }

  private mutating func setHoursAgo(_ hours: Int, _ isStart: Bool) {
    if isStart { startHoursAgo = hours } else { endHoursAgo = hours }
  }
}

import Diagnostics

/// Collects the time modifiers that stand among the conditions of a `search`.
struct TimeReader {
  private(set) var modifiers = TimeModifiers.none
  private var words: [(name: String, value: StageParser.Word)] = []

  /// How many were read so far.
  var count: Int { words.count }

  private static let unsupported: Set<String> = [
    "_index_earliest", "_index_latest", "starttime", "endtime", "starttimeu", "endtimeu",
    "startdaysago", "enddaysago", "endhoursago", "startminutesago", "endminutesago",
    "startmonthsago", "endmonthsago", "searchtimespanhours", "searchtimespandays",
    "searchtimespanminutes", "searchtimespanmonths", "timeformat",
  ]

  /// Takes `name=value` if it is a time modifier; false means that it is a condition on a field.
  mutating func read(
    _ name: String, _ comparison: Comparison, _ value: StageParser.Word
  ) throws(Diagnostic) -> Bool {
    if Self.unsupported.contains(name) { throw value.fails(TermProblem.unsupportedTime(name)) }
    guard ["earliest", "latest", "starthoursago"].contains(name) else { return false }
    guard comparison == .equal else {
      let found = quoted(comparison.rawValue)
      throw value.fails(TextProblem.unexpected(found: found, expected: "'=' after '\(name)'"))
    }
    if words.contains(where: { $0.name == name }) {
      throw value.fails(ArgumentProblem.repeatedOption(name))
    }
    words.append((name, value))
    if name == "starthoursago" {
      guard let hours = Int(value.text), (0...1_000_000).contains(hours) else {
        throw value.fails(TermProblem.invalidTime(value.text, modifier: name))
      }
      modifiers.startHoursAgo = hours
      return true
    }
    guard let bound = TimeBound(value.text) else {
      throw value.fails(TermProblem.invalidTime(value.text, modifier: name))
    }
    if name == "earliest" { modifiers.earliest = bound } else { modifiers.latest = bound }
    return true
  }

  /// The problem of the first modifier that was read after the first `count`.
  func misplaced(since count: Int) -> Diagnostic {
    words[count].value.fails(TermProblem.misplacedTime(words[count].name))
  }

  /// A filter narrows what is shown, whose time range is chosen elsewhere.
  func refuseInFilter() throws(Diagnostic) {
    guard let (name, value) = words.first else { return }
    throw value.fails(StageProblem.filterTime(name))
  }
}

import Detections
import Workers

/// The rules that run now: they change when their files do.
final class RuleBook: Sendable {
  /// What is being done for rules, by their names.
  struct Activity: Equatable, Sendable {
    /// Share of the logs that is read again.
    var backfills: [String: Double] = [:]
    /// What came of tests, a line each.
    var tests: [String: [String]] = [:]
  }

  private struct Page: Sendable {
    var rules: LoadedRules
    var note: String?
    var activity = Activity()
    var writtenCosts: [String: Int64]?
  }

  private let page: Shared<Page>

  init(_ rules: LoadedRules) { page = Shared(Page(rules: rules)) }

  var current: LoadedRules { page.snapshot.rules }

  /// What should be said of the last change: an edit that cannot run, and what runs instead.
  var note: String? { page.snapshot.note }

  var activity: Activity { page.snapshot.activity }

  /// What the rules had cost, by plan, before this process took them over; nil where another one
  /// follows the logs.
  var writtenCosts: [String: Int64]? { page.snapshot.writtenCosts }

  func takeOver(costs: [String: Int64]) { page.withLock { $0.writtenCosts = costs } }

  func set(_ rules: LoadedRules) {
    let broken = rules.library.rules.filter { $0.rule != nil && !$0.problems.isEmpty }.map(\.path)
    page.withLock { page in
      page.rules = rules
      // What was tested may be something else now.
      page.activity.tests = [:]
      // The header has room for little: the file's name comes first, the whole path last.
      page.note = broken.first.map { path in
        "'\(path.split(separator: "/").last ?? "")' cannot run as it is now: the version before "
          + "runs on; see: watchfloor check '\(path)'"
      }
    }
  }

  /// Says something of a change that could not be made.
  func note(_ text: String) { page.withLock { $0.note = text } }

  /// How far a backfill has come; nil where it is done.
  func noteBackfill(of rule: String, _ share: Double?) {
    page.withLock { $0.activity.backfills[rule] = share }
  }

  func noteTests(of rule: String, _ lines: [String]) {
    page.withLock { $0.activity.tests[rule] = lines }
  }
}

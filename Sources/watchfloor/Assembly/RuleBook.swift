import Detections
import Workers

/// The rules that run now: they change when their files do.
final class RuleBook: Sendable {
  private struct Page: Sendable {
    var rules: LoadedRules
    var note: String?
  }

  private let page: Shared<Page>

  init(_ rules: LoadedRules) { page = Shared(Page(rules: rules)) }

  var current: LoadedRules { page.snapshot.rules }

  /// What should be said of the last change: an edit that cannot run, and what runs instead.
  var note: String? { page.snapshot.note }

  func set(_ rules: LoadedRules) {
    let broken = rules.library.rules.filter { $0.rule != nil && !$0.problems.isEmpty }.map(\.path)
    page.withLock { page in
      page.rules = rules
      // The header has room for little: the file's name comes first, the whole path last.
      page.note = broken.first.map { path in
        "'\(path.split(separator: "/").last ?? "")' cannot run as it is now: the version before "
          + "runs on; see: watchfloor check '\(path)'"
      }
    }
  }

  /// Says something of a change that could not be made.
  func note(_ text: String) { page.withLock { $0.note = text } }
}

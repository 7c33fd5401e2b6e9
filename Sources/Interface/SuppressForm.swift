import Events
import Findings

/// What is about to be hidden, why, and until when.
package struct SuppressForm: Equatable, Sendable {
  enum Field: Int, CaseIterable {
    case term, reason, expires, rule

    var title: String {
      switch self {
      case .term: "Hide"
      case .reason: "Reason"
      case .expires: "Until"
      case .rule: "Of"
      }
    }
  }

  /// Days that it lasts; nil is until it is lifted.
  static let spans: [Int64?] = [1, 7, 30, 90, nil]

  private(set) var field = Field.reason
  private(set) var term: Entry
  private(set) var reason = Entry()
  private(set) var span: Int64? = 30
  /// The rule of the selected line; nil where it has none.
  let rule: String?
  private(set) var isOfEveryRule: Bool

  init(term: String, rule: String?) {
    self.term = Entry(term)
    self.rule = rule
    isOfEveryRule = rule == nil
  }

  /// The term as a filter, or why it is none.
  var filter: FilterTerms { FilterTerms(term.text) }

  /// Why it cannot be saved as it is.
  var problem: String? {
    if filter.isEmpty { return "say what to hide: a term such as repository=web/*" }
    if let problem = filter.problem { return problem }
    return reason.text.trimmed.isEmpty ? "say why: whoever comes next will want to know" : nil
  }

  mutating func take(_ key: Key) {
    switch key {
    case .up, .backTab: move(-1)
    case .down, .tab: move(1)
    case .left where field == .expires: turn(-1)
    case .right where field == .expires, .character(" ") where field == .expires: turn(1)
    case .left where field == .rule, .right where field == .rule,
      .character(" ") where field == .rule:
      if rule != nil { isOfEveryRule.toggle() }
    default:
      if field == .term { _ = term.take(key) }
      if field == .reason { _ = reason.take(key) }
    }
  }

  private mutating func move(_ distance: Int) {
    let count = Field.allCases.count
    field = Field.allCases[(field.rawValue + distance + count) % count]
  }

  private mutating func turn(_ distance: Int) {
    let count = SuppressForm.spans.count
    let index = SuppressForm.spans.firstIndex(of: span) ?? 0
    span = SuppressForm.spans[(index + distance + count) % count]
  }

  /// What the form comes to, said by an analyst at a time.
  func suppression(by author: String, at time: Timestamp) -> Suppression {
    Suppression(
      rule: isOfEveryRule ? nil : rule, term: term.text.trimmed, filter: filter.filter,
      reason: reason.text.trimmed, author: author, at: time,
      expires: span.map { time + $0 * 86400 })
  }
}

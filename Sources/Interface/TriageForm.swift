import Findings

/// What is about to be said of one finding, or of all that are marked.
package struct TriageForm: Equatable, Sendable {
  enum Field: Int, CaseIterable {
    case status, owner, urgency, disposition, comment

    var title: String {
      switch self {
      case .status: "Status"
      case .owner: "Owner"
      case .urgency: "Urgency"
      case .disposition: "Disposition"
      case .comment: "Comment"
      }
    }

    var isText: Bool { self == .owner || self == .comment }
  }

  /// What the form is about, as its title says it.
  let title: String
  let findings: [FindingID]
  /// What has been said of it; nil for several findings.
  let former: Triage?
  /// Who fills it in.
  let analyst: String
  private(set) var field = Field.status
  private(set) var change = TriageChange()

  init(title: String, findings: [FindingID], former: Triage?, analyst: String) {
    self.title = title
    self.findings = findings
    self.former = former
    self.analyst = analyst
  }

  var isUnchanged: Bool { change == TriageChange() }

  /// Takes a key that moves between fields or changes one.
  mutating func take(_ key: Key) {
    switch key {
    case .up, .backTab: move(-1)
    case .down, .tab: move(1)
    case .left: turn(-1)
    case .right: turn(1)
    case .character(" ") where !field.isText: turn(1)
    case .character(let character) where !field.isText: jump(to: character)
    default: if field.isText { type(key) }
    }
  }

  private mutating func move(_ distance: Int) {
    let count = Field.allCases.count
    field = Field.allCases[(field.rawValue + distance + count) % count]
  }

  /// The next choice of the field, in a circle; the first is to leave it as it is.
  private mutating func turn(_ distance: Int) {
    let choices = choices
    guard !choices.isEmpty else { return }
    let index = choices.firstIndex { $0 == chosen } ?? 0
    choose(choices[(index + distance + choices.count) % choices.count])
  }

  /// The next choice that begins with a letter.
  private mutating func jump(to letter: Character) {
    let choices = choices
    let index = choices.firstIndex { $0 == chosen } ?? 0
    for distance in 1...max(1, choices.count) where !choices.isEmpty {
      let choice = choices[(index + distance) % choices.count]
      if choice?.lowercased().first == Character(letter.lowercased()) { return choose(choice) }
    }
  }

  /// What a field can become; nil leaves it as it is.
  private var choices: [String?] {
    switch field {
    case .status: [nil] + statuses.map(\.rawValue)
    case .owner: [nil] + [analyst, ""].filter { $0 != former?.owner ?? "" || former == nil }
    case .urgency: [nil] + Urgency.allCases.reversed().map(\.rawValue) + [TriageForm.bySeverity]
    case .disposition:
      [nil] + Disposition.allCases.filter { $0 != former?.disposition }.map(\.rawValue)
    case .comment: []
    }
  }

  /// The other statuses in the order that work takes, from what it is on; several findings begin
  /// as new ones do.
  private var statuses: [TriageStatus] {
    let all = TriageStatus.allCases
    let present = all.firstIndex(of: former?.status ?? .new) ?? 0
    let rest = Array(all[(present + 1)...] + all[..<present])
    return former == nil ? [.new] + rest : rest
  }

  static let bySeverity = TriageEntry.bySeverity

  /// What has been chosen or typed for the field; nil where it stays as it is, empty to empty it.
  private var chosen: String? { chosen(field) }

  func chosen(_ field: Field) -> String? {
    switch field {
    case .status: change.status?.rawValue
    case .owner: change.owner.map { $0.string ?? "" }
    case .urgency: change.urgency.map { $0.urgency?.rawValue ?? TriageForm.bySeverity }
    case .disposition: change.disposition?.rawValue
    case .comment: change.comment.map { $0.string ?? "" }
    }
  }

  private mutating func choose(_ choice: String?) {
    switch field {
    case .status: change.status = choice.flatMap(TriageStatus.init(rawValue:))
    case .owner: change.owner = choice.map(text)
    case .urgency:
      change.urgency = choice.map { Urgency(rawValue: $0).map(TriageUrgency.set) ?? .bySeverity }
    case .disposition: change.disposition = choice.flatMap(Disposition.init(rawValue:))
    case .comment: change.comment = choice.map(text)
    }
  }

  private func text(_ string: String) -> TriageText {
    string.isEmpty ? TriageText.none : .set(string)
  }

  /// Backspace in an empty field empties what was there; once more leaves it as it is.
  private mutating func type(_ key: Key) {
    guard let typed = chosen, !typed.isEmpty else {
      if key == .backspace || key == .delete || key == .control("U") {
        choose(chosen == nil ? "" : nil)
      } else if case .character(let character) = key, character != " " {
        choose(String(character))
      }
      return
    }
    var entry = Entry(typed)
    guard entry.take(key) else { return }
    choose(entry.isEmpty ? nil : entry.text)
  }

  /// What was said before in the field.
  func formerly(_ field: Field) -> String {
    guard let former else { return "as it is" }
    switch field {
    case .status: return former.status.rawValue
    case .owner: return former.owner ?? "nobody"
    case .urgency: return former.urgency?.rawValue ?? TriageForm.bySeverity
    case .disposition: return former.disposition.rawValue
    case .comment: return former.comment ?? "none"
    }
  }
}

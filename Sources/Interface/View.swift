package import Findings

/// What a screen is about; a stack of them is the breadcrumb.
package enum View: Hashable, Sendable {
  case overview
  case repository(String)
  case image(String)
  /// A finding by name, in one repository or in all.
  case finding(String, repository: String?)
  case user(String)
  /// A user's sessions apart, and one of them.
  case sessions(user: String)
  case session(user: String, session: String)
  case source(String)
  case row(RowID)
  /// A record that is kept, by its content hash.
  case record([UInt8])
  case drilldown(Drilldown)
  /// A search that was typed.
  case search(String)
  case rules
  case rule(String)
  /// The files that are read, and the records that could not be.
  case files
  /// One of them, by its path.
  case file(String)
  /// A record that could not be read, by its number.
  case deadLetter(Int64)
  /// Tactics of ATT&CK by technique.
  case attack
  /// What is hidden from the lists, why, and until when.
  case suppressions
  /// Who said what of findings, and when.
  case history(TriageSubject)

  /// Reads `overview`, `rules`, `files`, `attack`, `suppressions`, `repository:NAME`, `image:DIGEST`, `finding:NAME`,
  /// `user:NAME`, `source:NAME`, `rule:NAME`, `row:ID`, `file:PATH`; nil for anything else.
  package init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
    guard let kind = parts.first else { return nil }
    guard parts.count == 2 else {
      switch kind {
      case "overview": self = .overview
      case "rules": self = .rules
      case "files": self = .files
      case "attack": self = .attack
      case "suppressions": self = .suppressions
      default: return nil
      }
      return
    }
    let name = parts[1]
    switch kind {
    case "repository": self = .repository(name)
    case "image": self = .image(name)
    case "finding": self = .finding(name, repository: nil)
    case "user": self = .user(name)
    case "source": self = .source(name)
    case "rule": self = .rule(name)
    case "file": self = .file(name)
    case "row": self = .row(RowID(digits: name))
    default: return nil
    }
  }
}

import Diagnostics
import Findings

extension State {
  /// What to say where a view was gone to by a name that nothing goes by; nil where there is
  /// something.
  func missing(in answer: Answer) -> String? {
    switch (view, answer) {
    case (.user(let name), .userCard(nil)): nothing("user", name, .user)
    case (.image(let name), .imageCard(nil)): nothing("image", name, .image)
    case (.finding(let name, _), .findingCard(nil)): nothing("finding", name, .finding)
    case (.repository(let name), .repositories(let page)) where page.total == 0:
      nothing("repository", name, .repository)
    case (.source(let name), .sources(let page)) where page.total == 0:
      nothing("source", name, .source)
    default: nil
    }
  }

  private func nothing(_ noun: String, _ name: String, _ role: PaneRole) -> String {
    let known = knownValues(of: role)
    if known.contains(name) { return "nothing of \(noun) '\(name)' in the time range; t widens it" }
    return "no \(noun) '\(name)'"
      + (nearest(to: name, in: known).map { "; did you mean '\($0)'?" } ?? "")
  }

  /// The digest that a beginning stands for, with or without its `sha256:`; what was typed where
  /// no image, or more than one, begins so.
  func wholeDigest(_ typed: String) -> String {
    let matches = knownValues(of: .image).filter { digest in
      digest.hasPrefix(typed) || digest.hasPrefix("sha256:" + typed)
    }
    return matches.count == 1 ? matches[0] : typed
  }
}

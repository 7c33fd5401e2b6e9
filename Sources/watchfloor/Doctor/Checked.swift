import Events
import Foundation
import SafeText

/// One thing that was looked at, and how it is.
struct Checked: Sendable {
  enum State: String, Sendable {
    case fine = "ok"
    /// It runs, and less well than it could.
    case doubtful = "warn"
    /// It does not run.
    case broken = "fail"
  }

  var name: String
  var state: State
  var found: String
  /// What mends it; nil where there is nothing to mend.
  var help: String?

  static func fine(_ name: String, _ found: String) -> Checked {
    Checked(name: name, state: .fine, found: found)
  }

  static func doubtful(_ name: String, _ found: String, help: String) -> Checked {
    Checked(name: name, state: .doubtful, found: found, help: help)
  }

  static func broken(_ name: String, _ found: String, help: String) -> Checked {
    Checked(name: name, state: .broken, found: found, help: help)
  }
}

extension [Checked] {
  /// For reading: a line each, and what mends it under it.
  var lines: String {
    let width = map(\.name.count).max() ?? 0
    return map { check in
      let word = check.state.rawValue.padding(toLength: 4, withPad: " ", startingAt: 0)
      let name = check.name.padding(toLength: width, withPad: " ", startingAt: 0)
      let line = "\(word)  \(name)  \(SafeText.visible(check.found))\n"
      let indent = String(repeating: " ", count: width + 8)
      return line + (check.help.map { "\(indent)= help: \(SafeText.visible($0))\n" } ?? "")
    }.joined()
  }

  var table: Table {
    Table(
      columns: ["check", "state", "found", "help"].map { Text($0) },
      rows: map { check in
        [
          .string(check.name), .string(check.state.rawValue), .string(check.found),
          check.help.map(Value.string) ?? .null,
        ]
      })
  }
}

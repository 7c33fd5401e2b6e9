/// Why there can be no dashboard on this terminal.
package nonisolated enum TerminalProblem: Error, Equatable, Sendable {
  /// Standard input or output is a pipe or a file.
  case notATerminal
  /// `TERM` is not set.
  case unnamed
  /// The description that `TERM` names cannot place text.
  case cannotPlaceText(terminal: String)
  /// There is no description of that name on this machine.
  case unknown(terminal: String)
  /// A pipe, a descriptor: the system refused something that every program has.
  case noResources

  package var sentence: String {
    switch self {
    case .notATerminal:
      "standard input and output are not both a terminal; --plain prints lines of text instead"
    case .unnamed:
      "TERM is not set, so the terminal is not known; --plain prints lines of text instead"
    case .cannotPlaceText(let terminal):
      "TERM is '\(Self.shown(terminal))', which cannot place text on a screen; "
        + "--plain prints lines of text instead"
    case .unknown(let terminal):
      "TERM is '\(Self.shown(terminal))', which this machine has no description of; "
        + "TERM=xterm-256color may do, and --plain prints lines of text instead"
    case .noResources:
      "the terminal's signals cannot be listened to: no descriptors are left; "
        + "--plain prints lines of text instead"
    }
  }

  /// The name with nothing in it but what a terminal's name is made of.
  private static func shown(_ name: String) -> String {
    String(
      name.unicodeScalars.prefix(60).map {
        $0.value > 0x20 && $0.value < 0x7F ? Character($0) : "?"
      })
  }
}

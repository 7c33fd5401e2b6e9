import Glibc
import Testing

/// The dashboard without an engine, on a terminal.
enum Rig {
  static func session(
    _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:]
  ) throws -> TerminalSession {
    try TerminalSession(
      try TerminalSession.built("ScreenRig"), arguments, columns: columns, rows: rows,
      environment: environment)
  }

  /// A session whose first frame is there.
  static func started(
    _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:]
  ) throws -> TerminalSession {
    let session = try session(
      arguments, columns: columns, rows: rows, environment: environment)
    session.wait(for: "neutralised")
    return session
  }
}

extension TerminalSession {
  /// The terminal is as a shell expects it.
  func expectGivenBack(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(!screen.isAlternate, "alternate screen", sourceLocation: sourceLocation)
    #expect(screen.showsCursor, "cursor hidden", sourceLocation: sourceLocation)
    #expect(!screen.modes.contains("?2004"), "paste mode", sourceLocation: sourceLocation)
    #expect(!screen.hearsMouse, "mouse", sourceLocation: sourceLocation)
    #expect(isCooked, "raw terminal", sourceLocation: sourceLocation)
  }
}

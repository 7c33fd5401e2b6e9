import Foundation
import Testing

/// The real program, on a directory of logs and a state of its own that are gone with it.
final class Watchfloor {
  let folder: URL
  var logs: URL { folder.appending(path: "logs") }
  var state: URL { folder.appending(path: "state") }

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "watchfloor-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }  // the system clears what stays

  /// The dashboard on the logs.
  func dashboard(
    _ arguments: [String] = [], columns: Int = 120, rows: Int = 36,
    environment: [String: String] = [:]
  ) throws
    -> TerminalSession
  {
    let idle = try Pipe()
    return try TerminalSession(
      try TerminalSession.built("watchfloor"),
      ["--state", state.path(), "--idle-fd", String(idle.writing)] + arguments + [logs.path()],
      columns: columns, rows: rows, environment: environment, on: self, idle: idle)
  }

  /// What a run of the program printed, and its exit status.
  struct Printed {
    let output: String
    let errors: String
    let status: Int32
  }

  /// Runs a command to its end.
  func run(_ arguments: [String]) throws -> Printed {
    let process = Process()
    process.executableURL = URL(filePath: try TerminalSession.built("watchfloor"))
    process.arguments = arguments
    process.environment = ["HOME": folder.path(), "PATH": "/usr/bin:/bin"]
    let output = folder.appending(path: "output-\(UUID().uuidString)")
    let errors = folder.appending(path: "errors-\(UUID().uuidString)")
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Printed(
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8), status: process.terminationStatus)
  }

  /// Appends text to a log file, which is made when it is not there.
  func append(_ text: String, to name: String) throws {
    let file = logs.appending(path: name)
    if !FileManager.default.fileExists(atPath: file.path()) { try Data().write(to: file) }
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }  // what was written stays written
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
  }

  /// Text of a file in `Tests/Fixtures`.
  static func fixture(_ name: String) throws -> String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: tests.appending(path: "Fixtures/\(name)"), encoding: .utf8)
  }

  /// The scan with 104 findings, 2 of them HIGH, as a single line of JSON.
  static func scanLine() throws -> String {
    let value = try JSONSerialization.jsonObject(
      with: Data(try fixture("scan-of-104-findings.json").utf8))
    let data = try JSONSerialization.data(withJSONObject: value, options: .sortedKeys)
    return String(decoding: data, as: UTF8.self)
  }
}

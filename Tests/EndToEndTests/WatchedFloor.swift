import Foundation
import Testing

/// A directory of logs, a state, and the program that watches the one into the other.
final class WatchedFloor {
  private let folder: URL
  private var logs: URL { folder.appending(path: "logs") }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
  }

  deinit {
    // Only a temporary folder.
    try? FileManager.default.removeItem(at: folder)
  }

  /// Starts the dashboard at noon of the day that the records are from.
  func watch(columns: Int = 120, rows: Int = 36) throws -> TerminalSession {
    try TerminalSession(
      try TerminalSession.built("watchfloor"),
      [
        "watch", "--now", "2026-03-04T12:00Z", "--state", folder.appending(path: "state").path(),
        logs.path(),
      ], columns: columns, rows: rows, environment: ["HOME": folder.path()], on: self)
  }

  /// Appends records to a log, which comes to be with the first.
  func append(_ records: ScanRecord..., to name: String = "trail.json") throws {
    let file = logs.appending(path: name)
    if !FileManager.default.fileExists(atPath: file.path()) {
      try #require(FileManager.default.createFile(atPath: file.path(), contents: nil))
    }
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }  // Everything has been written by then.
    try handle.seekToEnd()
    for record in records { try handle.write(contentsOf: record.json) }
  }
}

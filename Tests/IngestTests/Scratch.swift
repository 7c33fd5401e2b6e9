import Foundation

/// A directory of a test's own, removed with it.
final class Scratch {
  let path: String

  init(in folder: String = FileManager.default.temporaryDirectory.path) throws {
    path = folder + "/watchfloor-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    // What cannot be removed is the system's to clean up.
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file in place, making its directories.
  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = file(name)
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    let handle = try open(file, truncating: true)
    try handle.write(contentsOf: Data(bytes))
    try handle.close()
  }

  func append(_ text: String, to name: String) throws {
    let handle = try open(file(name), truncating: false)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  func rename(_ name: String, to other: String) throws {
    guard Foundation.rename(file(name), file(other)) == 0 else {
      throw CocoaError(.fileWriteUnknown)
    }
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: file(name)) }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: file(name), withDestinationPath: target)
  }

  /// Opens for writing without replacing the file, as programs that log do.
  func open(_ file: String, truncating: Bool) throws -> FileHandle {
    if !FileManager.default.fileExists(atPath: file) {
      _ = FileManager.default.createFile(atPath: file, contents: nil)
    }
    guard let handle = FileHandle(forWritingAtPath: file) else { throw CocoaError(.fileNoSuchFile) }
    if truncating { try handle.truncate(atOffset: 0) }
    return handle
  }
}

import Documents
import Foundation
import Glibc

/// Rules on disk: which files belong to one, and their texts.
package enum RuleFiles {
  static func isSidecar(_ name: String) -> Bool {
    TextFile.baseName(of: name).hasSuffix(".roles")
  }

  static func isRule(_ name: String) -> Bool {
    let base = TextFile.baseName(of: name)
    return base != name && !isSidecar(name) && base != "macros" && base != "attack"
  }

  package static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  /// A rule's file and, where there is one, its sidecar beside it.
  package static func ofRule(at path: String) throws(RuleLookupProblem) -> [TextFile] {
    guard let rule = text(at: path) else { throw .unreadable(path) }
    let stem = TextFile.baseName(of: path)
    return [rule] + [".roles.yml", ".roles.yaml"].compactMap { text(at: stem + $0) }
  }

  /// Everything that a folder and the folders in it hold of rules, sidecars and macros, in the
  /// order of their paths, and the paths of those that cannot be read.
  package static func inFolder(_ path: String) -> (files: [TextFile], unreadable: [String]) {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    var files: [TextFile] = []
    var unreadable: [String] = []
    for name in names.sorted() where TextFile.baseName(of: name) != name {
      let whole = path + "/" + name
      if let file = text(at: whole) { files.append(file) } else { unreadable.append(whole) }
    }
    return (files, unreadable)
  }

  /// What is known of each file that a folder holds without reading it; a file that is written
  /// anew, or replaced, has another stamp.
  package static func stamps(inFolder path: String) -> [String: FileStamp] {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    var stamps: [String: FileStamp] = [:]
    for name in names where TextFile.baseName(of: name) != name || name.hasSuffix(".csv") {
      let whole = path + "/" + name
      stamps[whole] = stamp(at: whole)
    }
    return stamps
  }

  /// Nil where there is no file.
  package static func stamp(at path: String) -> FileStamp? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    return FileStamp(
      inode: UInt64(facts.st_ino), size: Int64(facts.st_size),
      seconds: Int64(facts.st_mtim.tv_sec), nanoseconds: Int64(facts.st_mtim.tv_nsec))
  }

  package static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// Writes a file of ours whole or not at all, for the owner's eyes only; folders are made.
  package static func write(_ text: String, to path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try Data(text.utf8).write(to: url, options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  /// Removes a file of ours; one that is gone already is as well gone.
  package static func remove(_ path: String) { unlink(path) }

  /// The largest lookup table that is read, in bytes.
  private static let largestTable = 16 << 20

  /// The lookup tables of a folder, in the order of their names, and the paths of those that
  /// cannot be read; no tables where there is no folder.
  package static func tables(inFolder path: String) -> (files: [TextFile], unreadable: [String]) {
    // A folder that is not there, or cannot be listed, has none.
    // A folder that is not there, or cannot be listed, has no tables.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    var files: [TextFile] = []
    var unreadable: [String] = []
    for name in names.sorted() where name.hasSuffix(".csv") {
      let whole = path + "/" + name
      if let file = text(at: whole, atMost: largestTable) {
        files.append(file)
      } else {
        unreadable.append(whole)
      }
    }
    return (files, unreadable)
  }

  /// Nil for what is no regular file, no UTF-8 text, or larger than a document may be.
  package static func text(at path: String) -> TextFile? {
    text(at: path, atMost: Document.largest)
  }

  private static func text(at path: String, atMost largest: Int) -> TextFile? {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { handle.closeFile() }
    let data: Data
    do {
      // Nil is the end: an empty file.
      data = try handle.read(upToCount: largest + 1) ?? Data()
    } catch {
      return nil  // a folder opens but does not read; both mean that there is no text here
    }
    guard data.count <= largest, let text = String(data: data, encoding: .utf8) else { return nil }
    return TextFile(path: path, text: text)
  }
}

/// What tells that a file is still the same: its place on the disk, size and time of change.
package struct FileStamp: Equatable, Sendable {
  var inode: UInt64
  var size: Int64
  var seconds: Int64
  var nanoseconds: Int64
}

extension TextFile {
  /// The path without its last part.
  var folder: Substring { path.lastIndex(of: "/").map { path[..<$0] } ?? "" }
}

import Documents
import Foundation

/// Rules on disk: which files belong to one, and their texts.
package enum RuleFiles {
  static func isSidecar(_ name: String) -> Bool {
    TextFile.baseName(of: name).hasSuffix(".roles")
  }

  static func isRule(_ name: String) -> Bool {
    let base = TextFile.baseName(of: name)
    return base != name && !isSidecar(name) && base != "macros" && base != "attack"
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

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

  /// Nil for what is no regular file, no UTF-8 text, or larger than a document may be.
  package static func text(at path: String) -> TextFile? {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { handle.closeFile() }
    // A folder opens but does not read; both mean that there is no text here.
    guard let data = try? handle.read(upToCount: Document.largest + 1),
      data.count <= Document.largest, let text = String(data: data, encoding: .utf8)
    else { return nil }
    return TextFile(path: path, text: text)
  }
}

extension TextFile {
  /// The path without its last part.
  var folder: Substring { path.lastIndex(of: "/").map { path[..<$0] } ?? "" }
}

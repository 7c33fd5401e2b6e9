import Events
import Foundation
import JSON

/// A program file's search and events, of those that set nothing and read no table: the rows are
/// compared elsewhere.
struct PlainProgram {
  let name: String
  let search: String
  let events: [Event]

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../StreamingTests/Programs").standardizedFileURL

  static func all() throws -> [PlainProgram] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "txt" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .compactMap { try PlainProgram(file: $0) }
  }

  private init?(file: URL) throws {
    name = file.deletingPathExtension().lastPathComponent
    let text = try String(contentsOf: file, encoding: .utf8)
    guard !text.contains("# set "), !text.contains("--- lookup"), !text.contains("--- problem")
    else { return nil }
    var sections = ["search": [Substring]()]
    var section = "search"
    for line in text.split(separator: "\n") {
      if line.hasPrefix("--- ") {
        section = String(line.dropFirst(4))
      } else {
        sections[section, default: []].append(line)
      }
    }
    search = (sections["search"] ?? []).filter { !$0.hasPrefix("# ") }.joined(separator: "\n")
    events = try (sections["events"] ?? []).map { line in
      let fields = try LineFields(Array(line.utf8))
      return Event(time: fields.time, fields: fields)
    }
  }
}

/// The leaves of a JSON line.
private final class LineFields: FieldSource {
  private let line: [UInt8]
  private let document: JSONDocument

  init(_ line: [UInt8]) throws {
    self.line = line
    document = try JSONDocument(line)
  }

  var time: Timestamp? {
    document.root["_time"]?.text.flatMap { Int64($0) }.map(Timestamp.init(seconds:))
  }

  func value(of field: Text) -> Value {
    if field == "_raw" { return .text(Text(utf8: line)) }
    if field == "_time" { return time.map { .number(.whole($0.seconds)) } ?? .null }
    let values = JSONPath(field.string, braces: .arraysOnly).values(in: document.root)
    return Value(values.filter(\.isLeaf).compactMap { $0.text.map(Value.string) })
  }

  var names: [Text] {
    ["_raw", "_time"]
      + JSONLeaves(of: document.root).fields.map { Text($0.path) }.filter { $0 != "_time" }
  }
}

import Diagnostics
import Events
import Foundation
import JSON
import SPL
import Streaming

/// A search, the events that it is given, and the rows that it has to answer with.
///
/// `# fact` and `# set name value` lines, the search, `--- events` with a JSON object a line, then
/// `--- rows` with a JSON object a line, or `--- problem` with the code of what is refused.
struct Program {
  enum Expected: Equatable {
    case rows([String])
    case problem(String)
  }

  let name: String
  /// One sentence; empty where the file has none.
  let fact: String
  let search: String
  let events: [Event]
  let expected: Expected
  private(set) var settings = PlanSettings()
  private(set) var showsMarks = false
  /// The tables of `--- lookup name` sections.
  let lookups: ProgramTables

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Programs")

  /// Every program, by name.
  static func all() throws -> [Program] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "txt" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try Program(file: $0) }
  }

  private init(file: URL) throws {
    name = file.deletingPathExtension().lastPathComponent
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    var sections: [String: [String]] = [:]
    var section = "search"
    for line in lines {
      if line.hasPrefix("--- ") {
        section = String(line.dropFirst(4))
        sections[section] = []
      } else {
        sections[section, default: []].append(String(line))
      }
    }
    let head = sections["search"] ?? []
    lookups = ProgramTables(sections)
    fact = String(head.first { $0.hasPrefix("# ") && !$0.hasPrefix("# set ") }?.dropFirst(2) ?? "")
    search = head.filter { !$0.hasPrefix("# ") }.joined(separator: "\n")
    events = try (sections["events"] ?? []).map(JSONLineFields.event)
    let problem = sections["problem"]?.first
    expected = problem.map(Expected.problem) ?? .rows(sections["rows"] ?? [])
    for line in head where line.hasPrefix("# set ") {
      set(line.dropFirst(6).split(separator: " ").map(String.init))
    }
  }

  private mutating func set(_ words: [String]) {
    switch words[0] {
    case "exact": settings.exact = true
    case "windows": settings.usesWindows = true
    case "marks": showsMarks = true
    case "keep_null": settings.keepNull.insert(Text(words[1]))
    case "derive":
      let parts = words[1].split(separator: "=").map { Text(String($0)) }
      settings.derive[parts[0], default: []].append(parts[1])
    case "as_of": settings.asOf = Timestamp(iso8601: words[1])
    case "range":
      settings.range = SearchRange(
        earliest: Int64(words[1]).map(Timestamp.init(seconds:)),
        latest: Int64(words[2]).map(Timestamp.init(seconds:)))
    default: preconditionFailure("a setting that programs know, not '\(words[0])'")
    }
  }

  func tree() throws(Problems) -> Search {
    try SearchCompiler.compile(SourceText(name: name, text: search), macros: MacroTable())
  }

  func plan() throws(Problems) -> Plan {
    let tree = try tree()
    return try Plan(tree, settings: settings, lookups: lookups)
  }

  /// A name for an event of the program, the same in every run.
  func identity(of index: Int) -> RecordIdentity {
    RecordIdentity(eventID: nil, contentHash: [UInt8(index >> 8), UInt8(index & 0xff)])
  }
}

extension Table {
  /// A JSON object for each row: columns in order, nulls left out, the raw record too.
  var lines: [String] {
    rows.map { row in
      let members = zip(columns, row).filter { $0 != "_raw" && !$1.isNull }
        .map { "\(quoted($0.string)):\(rendered($1))" }
      return "{\(members.joined(separator: ","))}"
    }
  }
}

private func rendered(_ value: Value) -> String {
  switch value {
  case .null: "null"
  case .text(let text): quoted(text.string)
  case .number(let number): number.description
  case .many(let values): "[\(values.map(rendered).joined(separator: ","))]"
  }
}

private func quoted(_ string: String) -> String {
  let escaped = string.unicodeScalars.map { scalar in
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    default: String(scalar)
    }
  }
  return "\"\(escaped.joined())\""
}

import Events
import JSON

/// The fields of a JSON line under their dotted paths, and the line as `_raw`.
final class JSONLineFields: FieldSource {
  private let line: String
  private let document: JSONDocument

  init(_ line: String) throws {
    self.line = line
    document = try JSONDocument(Array(line.utf8))
  }

  func value(of field: Text) -> Value {
    if field == "_raw" { return .string(line) }
    if field == "_time" { return .null }
    let values = JSONPath(field.string, braces: .arraysOnly).values(in: document.root)
    return Value(values.filter(\.isLeaf).compactMap { $0.text.map(Value.string) })
  }

  var names: [Text] {
    ["_raw"] + JSONLeaves(of: document.root).fields.map { Text($0.path) }.filter { $0 != "_time" }
  }

  /// The event of a line; `_time` in the line is its time, in seconds.
  static func event(_ line: String) throws -> Event {
    let fields = try JSONLineFields(line)
    let time = fields.document.root["_time"]?.text.flatMap(Int64.init)
    return Event(time: time.map(Timestamp.init(seconds:)), fields: fields)
  }
}

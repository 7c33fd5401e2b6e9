import Events

/// A JSON object as it is put together: members in their order, what is null left out.
struct JSONObject {
  private(set) var text = "{"

  var isEmpty: Bool { text == "{" }
  var closed: String { text + "}" }

  mutating func add(_ name: String, _ value: String?) {
    if let value { add(name, raw: JSONRows.string(value)) }
  }

  mutating func add(_ name: String, _ value: Int64?) {
    if let value { add(name, raw: String(value)) }
  }

  mutating func add(_ name: String, _ value: Bool) { add(name, raw: value ? "true" : "false") }

  /// An object; nothing where it would be empty.
  mutating func add(_ name: String, _ build: (inout JSONObject) -> Void) {
    var inner = JSONObject()
    build(&inner)
    if !inner.isEmpty { add(name, raw: inner.closed) }
  }

  /// A list of objects; nothing where it would be empty.
  mutating func add(_ name: String, list: [JSONObject]) {
    guard !list.isEmpty else { return }
    add(name, raw: "[\(list.map(\.closed).joined(separator: ","))]")
  }

  mutating func add(_ name: String, texts: [String]) {
    guard !texts.isEmpty else { return }
    add(name, raw: "[\(texts.map(JSONRows.string).joined(separator: ","))]")
  }

  mutating func add(_ name: String, _ value: Value) {
    if let json = JSONRows.json(value) { add(name, raw: json) }
  }

  private mutating func add(_ name: String, raw: String) {
    if !isEmpty { text += "," }
    text += JSONRows.string(name) + ":" + raw
  }
}

import Events
import JSON
import SPL

/// A `spath` made ready: which field's JSON text it reads, and what it takes from there.
struct SpathStep: Sendable {
  enum Taking: Sendable {
    /// The values of one path, into one field.
    case path(JSONPath, output: Text)
    /// Every leaf under its own path, of at most that many characters of the text.
    case leaves(limit: Int?)
  }

  /// What Splunk's `spath` reads without a path (`extraction_cutoff` of limits.conf).
  static let splunkLimit = 5000

  let input: Text
  let taking: Taking

  init(_ spath: Spath, exact: Bool) {
    input = Text(spath.input ?? "_raw")
    if let path = spath.path {
      taking = .path(JSONPath(path), output: Text(spath.output ?? path))
    } else {
      taking = .leaves(limit: exact ? SpathStep.splunkLimit : nil)
    }
  }
}

extension JSONPath {
  /// The values of the path in a JSON text, or in each of many; null where it is none.
  func extract(from value: Value) -> Value {
    Value(
      value.each.flatMap { one -> [Value] in
        guard let document = one.text.flatMap(JSONDocument.init(reading:)) else { return [] }
        return values(in: document.root).compactMap { $0.text.map(Value.string) }
      })
  }

  /// The texts of the values of the path in a value that was read; null where there are none.
  func texts(in value: JSONValue) -> Value {
    Value(values(in: value).compactMap { $0.text.map(Value.string) })
  }
}

/// The leaves of a JSON text as fields.
struct Leaves: Sendable {
  private(set) var fields: [Text: Value] = [:]

  /// Reads a JSON text, or each of many; what is no JSON has no leaves.
  ///
  /// With a limit only so many characters are read, and the leaves that end before.
  init(of value: Value, limit: Int?) {
    for one in value.each {
      guard let text = one.text, let document = JSONDocument(reading: text, limit: limit)
      else { continue }
      take(document.root)
    }
  }

  init(of element: JSONValue) { take(element) }

  private mutating func take(_ root: JSONValue) {
    for leaf in JSONLeaves(of: root).fields {
      let values = leaf.values.compactMap { $0.text.map(Value.string) }
      let field = Text(leaf.path)
      fields[field] = Value((fields[field]?.each ?? []) + values)
    }
  }
}

extension JSONDocument {
  /// The document of a text, or of so many of its characters.
  convenience init?(reading text: Text, limit: Int?) {
    self.init(reading: limit.map { text.jsonPrefix($0) } ?? text)
  }

  /// The document of a text; nil where that is no JSON, which `spath` passes over.
  convenience init?(reading text: Text) {
    guard let first = text.string.utf8.first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return nil }
    do {
      try self.init(Array(text.string.utf8))
    } catch {
      return nil  // Splunk extracts nothing from it and says nothing
    }
  }
}

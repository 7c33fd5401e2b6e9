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
}

/// The leaves of a JSON text as fields.
struct Leaves: Sendable {
  private(set) var fields: [Text: Value] = [:]

  /// Reads a JSON text, or each of many; what is no JSON has no leaves.
  ///
  /// With a limit only so many characters are read, and the leaves that end before.
  init(of value: Value, limit: Int?) {
    for one in value.each {
      guard let text = one.text,
        let document = JSONDocument(reading: limit.map { text.jsonPrefix($0) } ?? text)
      else { continue }
      for leaf in JSONLeaves(of: document.root).fields {
        let values = leaf.values.compactMap { $0.text.map(Value.string) }
        let field = Text(leaf.path)
        fields[field] = Value((fields[field]?.each ?? []) + values)
      }
    }
  }
}

/// Arrays of objects with key and value, as AWS writes attributes and tags, read by key.
struct KeyedElements {
  /// `attributes[package_name]` and its value.
  private(set) var values: [Text: Value] = [:]
  /// The leaves that say the same: `attributes{}.key`, `attributes{}.value`.
  private(set) var leaves: Set<Text> = []

  /// Takes the members of a JSON object apart, or of each of many.
  init(of value: Value) {
    for one in value.each {
      guard let document = one.text.flatMap(JSONDocument.init(reading:)) else { continue }
      for member in document.root.members {
        for element in member.value.elements { take(element, of: member.name) }
      }
    }
  }

  private mutating func take(_ element: JSONValue, of member: String) {
    for (key, value) in [("key", "value"), ("Key", "Value")] {
      guard let name = element[key]?.string, let text = element[value]?.text else { continue }
      values[Text("\(member)[\(name)]")] = .string(text)
      leaves.formUnion([Text("\(member){}.\(key)"), Text("\(member){}.\(value)")])
    }
  }
}

extension JSONDocument {
  /// The document of a text; nil where that is no JSON, which `spath` passes over.
  fileprivate convenience init?(reading text: Text) {
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

extension Text {
  /// The first characters of a JSON text, cut back to whole values and closed again.
  func jsonPrefix(_ characters: Int) -> Text {
    let scalars = string.unicodeScalars
    guard
      let end = scalars.index(
        scalars.startIndex, offsetBy: characters, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return self }
    let bytes = Array(string.utf8[..<end])
    var closers: [UInt8] = []
    var whole: (length: Int, closers: [UInt8])?
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: "{"): closers.append(UInt8(ascii: "}"))
      case UInt8(ascii: "["): closers.append(UInt8(ascii: "]"))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        _ = closers.popLast()
        whole = (index + 1, closers)
      case UInt8(ascii: ","): whole = (index, closers)
      default: break
      }
      index += 1
    }
    guard let whole else { return Text("") }
    return Text(utf8: bytes[..<whole.length] + whole.closers.reversed())
  }
}

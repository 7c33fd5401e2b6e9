import Events
import JSON

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
      take(membersOf: document.root)
    }
  }

  init(of element: JSONValue) { take(membersOf: element) }

  private mutating func take(membersOf root: JSONValue) {
    for member in root.members {
      for element in member.value.elements { take(element, of: member.name) }
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

import Events
import JSON

/// The leaves of a JSON text, above the fields that the event had before.
///
/// A leaf is looked for when it is asked for: most of what `mvexpand` makes rows of is dropped by
/// the condition that comes next, for one leaf of many.
final class LeafFields: FieldSource {
  private let root: JSONValue
  private let below: any FieldSource

  init(of root: JSONValue, above below: any FieldSource) {
    self.root = root
    self.below = below
  }

  func value(of field: Text) -> Value {
    let found = leaf(field)
    return found.isNull ? below.value(of: field) : found
  }

  var names: [Text] {
    let leaves = JSONLeaves(of: root).fields.map { Text($0.path) }
    let known = Set(leaves)
    return below.names.filter { !known.contains($0) } + leaves
  }

  private func leaf(_ field: Text) -> Value {
    let name = field.string.utf8
    guard name.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "{") }) else {
      guard let member = root[field.string], member.isLeaf else { return .null }
      return member.text.map(Value.string) ?? .null
    }
    // Most such names are those of the record below.
    if !root.document.hasJoiningKeys, !root.holdsStart(ofPath: field.string) { return .null }
    // A path may name one element by its number, `a{0}`; a leaf's own name never does.
    guard !name.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return listed(field) }
    return Value.leaves(JSONPath(field.string, braces: .arraysOnly).values(in: root))
  }

  private func listed(_ field: Text) -> Value {
    let leaves = JSONLeaves(of: root).fields.first { Text($0.path) == field }
    return Value.leaves(leaves?.values ?? [])
  }
}

/// The leaves of several JSON texts, above the fields that the event had before.
final class MergedLeafFields: FieldSource {
  private let leaves: [Text: Value]
  private let below: any FieldSource

  init(_ leaves: [Text: Value], above below: any FieldSource) {
    self.leaves = leaves
    self.below = below
  }

  func value(of field: Text) -> Value { leaves[field] ?? below.value(of: field) }

  var names: [Text] { below.names.filter { leaves[$0] == nil } + leaves.keys }
}

extension Value {
  /// The texts of those of the values that are leaves.
  fileprivate static func leaves(_ values: [JSONValue]) -> Value {
    Value(values.compactMap { $0.isLeaf ? $0.text.map(Value.string) : nil })
  }
}

/// Every leaf of a JSON value under its dotted path, `{}` standing for the elements of an array.
///
/// What `spath` without a path makes of a text, and what the raw fields of a record are:
/// `{"a": {"b": 1}, "c": [{"d": "x"}, {"d": "y"}]}` has `a.b` = 1 and `c{}.d` = x, y.
package struct JSONLeaves: Sendable {
  /// A path and the strings, numbers, true and false that lie there.
  package struct Field: Sendable {
    package let path: String
    package fileprivate(set) var values: [JSONValue]
  }

  /// In the order in which their first leaves come; each path once.
  package let fields: [Field]

  package init(of value: JSONValue) {
    var walk = LeafWalk(document: value.document)
    walk.visit(value.node, branch: 0)
    fields = walk.fields
  }
}

/// A walk over a tape that spells each path once, however many elements share it.
private struct LeafWalk {
  /// One step down: by a key, or by nil into the elements of an array.
  private struct Step: Hashable {
    var branch: Int
    var key: KeyText?
  }

  private struct Branch {
    var path: String
    var field: Int?
  }

  private let document: JSONDocument
  private var branches = [Branch(path: "")]
  private var steps: [Step: Int] = [:]
  private var fieldOfPath: [KeyText: Int] = [:]
  private(set) var fields: [JSONLeaves.Field] = []

  init(document: JSONDocument) { self.document = document }

  mutating func visit(_ node: Int, branch: Int) {
    switch document.tape[node].kind {
    case .object:
      for key in document.keys(of: node) {
        let name = KeyText(document.decoded(document.tape[key]))
        visit(key + 1, branch: follow(Step(branch: branch, key: name)))
      }
    case .array:
      let end = Int(document.tape[node].next)
      guard node + 1 < end else { return }
      let inside = follow(Step(branch: branch, key: nil))
      var element = node + 1
      while element < end {
        visit(element, branch: inside)
        element = Int(document.tape[element].next)
      }
    case .null: return
    case .string, .number, .true, .false: record(node, branch)
    }
  }

  private mutating func follow(_ step: Step) -> Int {
    if let known = steps[step] { return known }
    let parent = branches[step.branch].path
    let path =
      if let key = step.key {
        step.branch == 0 ? key.string : "\(parent).\(key.string)"
      } else {
        parent + "{}"
      }
    branches.append(Branch(path: path))
    steps[step] = branches.count - 1
    return branches.count - 1
  }

  private mutating func record(_ node: Int, _ branch: Int) {
    let value = JSONValue(document: document, node: node)
    if let field = branches[branch].field {
      fields[field].values.append(value)
      return
    }
    let path = branches[branch].path
    // The root itself, where it is a leaf, has no path and is no field.
    guard branch != 0 else { return }
    if let field = fieldOfPath[KeyText(path)] {
      fields[field].values.append(value)
      branches[branch].field = field
      return
    }
    fields.append(JSONLeaves.Field(path: path, values: [value]))
    branches[branch].field = fields.count - 1
    fieldOfPath[KeyText(path)] = fields.count - 1
  }
}

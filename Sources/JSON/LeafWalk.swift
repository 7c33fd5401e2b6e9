/// A walk over a tape that spells each path once, however many elements share it.
struct LeafWalk {
  /// A path on which leaves lie; those that a key leads to from one branch form a chain.
  private struct Branch {
    var path: String
    /// A key on the tape that leads here; of the elements of an array 0, which is no key.
    var key = 0
    var field: Int?
    var elements: Int?
    var firstChild: Int?
    var lastChild: Int?
    var nextSibling: Int?
    /// The child that was taken last: elements mostly name their keys in one order.
    var latestChild: Int?
    var childCount = 0
  }

  /// A step from a branch by a key, for branches of very many children.
  private struct Step: Hashable {
    var branch: Int
    var key: KeyText
  }

  /// Above this a branch's children are found by hash: a chain would let a hostile record cost the
  /// square of its length.
  private static let longestChain = 32

  private let document: JSONDocument
  private var branches = [Branch(path: "")]
  private var steps: [Step: Int] = [:]
  private var fieldOfPath: [KeyText: Int] = [:]
  private(set) var fields: [JSONLeaves.Field] = []

  init(document: JSONDocument) { self.document = document }

  /// Takes in all leaves at and under a node that lies on a branch; the root is branch 0.
  mutating func visit(_ node: Int, branch: Int) {
    let entry = document.tape[node]
    switch entry.kind {
    case .object:
      for key in document.keys(of: node) { visit(key + 1, branch: child(key, of: branch)) }
    case .array:
      let end = Int(entry.next)
      guard node + 1 < end else { return }
      let inside = elements(of: branch)
      var element = node + 1
      while element < end {
        visit(element, branch: inside)
        element = Int(document.tape[element].next)
      }
    case .null: return
    case .string, .number, .true, .false: record(node, branch)
    }
  }

  private mutating func elements(of branch: Int) -> Int {
    if let known = branches[branch].elements { return known }
    branches.append(Branch(path: branches[branch].path + "{}"))
    branches[branch].elements = branches.count - 1
    return branches.count - 1
  }

  private mutating func child(_ key: Int, of branch: Int) -> Int {
    if let known = knownChild(key, of: branch) {
      branches[branch].latestChild = known
      return known
    }
    let name = document.decoded(document.tape[key])
    let path = branch == 0 ? name : "\(branches[branch].path).\(name)"
    let new = branches.count
    branches.append(Branch(path: path, key: key))
    if let last = branches[branch].lastChild {
      branches[last].nextSibling = new
    } else {
      branches[branch].firstChild = new
    }
    branches[branch].lastChild = new
    branches[branch].latestChild = new
    branches[branch].childCount += 1
    if branches[branch].childCount > LeafWalk.longestChain {
      steps[Step(branch: branch, key: KeyText(name))] = new
    }
    return new
  }

  private func knownChild(_ key: Int, of branch: Int) -> Int? {
    if let next = branches[branch].latestChild.flatMap({ branches[$0].nextSibling }),
      document.isSameKey(branches[next].key, key)
    {
      return next
    }
    var candidate = branches[branch].firstChild
    for _ in 0..<LeafWalk.longestChain {
      guard let child = candidate else { return nil }
      if document.isSameKey(branches[child].key, key) { return child }
      candidate = branches[child].nextSibling
    }
    guard candidate != nil else { return nil }
    let name = document.decoded(document.tape[key])
    return steps[Step(branch: branch, key: KeyText(name))]
  }

  private mutating func record(_ node: Int, _ branch: Int) {
    // The root itself, where it is a leaf, has no path and is no field.
    guard branch != 0 else { return }
    let value = JSONValue(document: document, node: node)
    if let field = branches[branch].field {
      fields[field].values.append(value)
      return
    }
    let path = branches[branch].path
    // Only a key that holds a dot or a brace can spell another branch's path.
    if document.hasJoiningKeys {
      if let field = fieldOfPath[KeyText(path)] {
        fields[field].values.append(value)
        branches[branch].field = field
        return
      }
      fieldOfPath[KeyText(path)] = fields.count
    }
    branches[branch].field = fields.count
    fields.append(JSONLeaves.Field(path: path, values: [value]))
  }
}

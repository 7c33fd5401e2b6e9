/// Every leaf of a JSON value under its dotted path, `{}` standing for the elements of an array.
///
/// What `spath` without a path makes of a text, and what the raw fields of a record are:
/// `{"a": {"b": 1}, "c": [{"d": "x"}, {"d": "y"}]}` has `a.b` = 1 and `c{}.d` = x, y.
package struct JSONLeaves: Sendable {
  /// A path and the strings, numbers, true and false that lie there.
  package struct Field: Sendable {
    package let path: String
    package internal(set) var values: [JSONValue]
  }

  /// In the order in which their first leaves come; each path once.
  package let fields: [Field]

  package init(of value: JSONValue) {
    var walk = LeafWalk(document: value.document)
    walk.visit(value.node, branch: 0)
    fields = walk.fields
  }
}

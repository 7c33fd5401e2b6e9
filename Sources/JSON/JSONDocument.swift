/// One JSON text and where its values lie in it; nothing is decoded until it is asked for.
///
/// White space around the value and a byte order mark before it are accepted. Where a key comes
/// twice in an object its last value is the one that every access sees.
package final class JSONDocument: Sendable {
  package let bytes: [UInt8]
  /// Whether an object anywhere holds a key twice; `"\u0061"` and `"a"` are one key.
  package let hasDuplicateKeys: Bool
  /// Whether any key holds a dot or a brace, so that a path can mean it in two ways.
  package let hasJoiningKeys: Bool
  let tape: [JSONNode]

  /// The longest text that a tape can point into.
  private static let longest = 1 << 31

  package init(_ bytes: [UInt8], depthLimit: Int = 64) throws(JSONProblem) {
    guard bytes.count <= JSONDocument.longest else {
      throw JSONProblem(offset: JSONDocument.longest, fact: .tooLong)
    }
    var hasDuplicates = false
    var hasJoins = false
    tape = try bytes.withUnsafeBufferPointer { buffer throws(JSONProblem) -> [JSONNode] in
      guard let base = buffer.baseAddress else {
        throw JSONProblem(offset: 0, fact: .ended(expected: .value))
      }
      var parser = JSONParser(base: base, count: buffer.count, depthLimit: depthLimit)
      try parser.readDocument()
      hasDuplicates = parser.hasDuplicates
      hasJoins = parser.hasJoiningKeys
      return parser.nodes
    }
    self.bytes = bytes
    hasDuplicateKeys = hasDuplicates
    hasJoiningKeys = hasJoins
  }

  /// The value that the text is.
  package var root: JSONValue { JSONValue(document: self, node: 0) }

  /// The tape index of an object's value for a key: the last where the key comes twice.
  func member(_ key: UnsafeBufferPointer<UInt8>, of object: Int) -> Int? {
    let end = Int(tape[object].next)
    let takesLast = tape[object].hasDuplicates
    let hash = KeyMark(key).hash
    var found: Int?
    var index = object + 1
    while index < end {
      let node = tape[index]
      if node.tag & KeyMark.hashMask == hash, isKey(node, key) {
        guard takesLast else { return index + 1 }
        found = index + 1
      }
      index = Int(tape[index + 1].next)
    }
    return found
  }

  private func isKey(_ node: JSONNode, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard node.isCoded else {
      return node.range.count == key.count
        && bytes.withUnsafeBufferPointer { $0[node.range].elementsEqual(key) }
    }
    return decoded(node).utf8.elementsEqual(key)
  }

  /// Whether two keys on the tape are one when decoded.
  func isSameKey(_ left: Int, _ right: Int) -> Bool {
    let (left, right) = (tape[left], tape[right])
    guard left.tag & KeyMark.hashMask == right.tag & KeyMark.hashMask else { return false }
    guard !left.isCoded, !right.isCoded else {
      return decoded(left).utf8.elementsEqual(decoded(right).utf8)
    }
    return bytes.withUnsafeBufferPointer { $0[left.range].elementsEqual($0[right.range]) }
  }

  /// Whether a key comes before another in the order of the bytes of their decoded text.
  func keyPrecedes(_ left: Int, _ right: Int) -> Bool {
    let (left, right) = (tape[left], tape[right])
    guard !left.isCoded, !right.isCoded else {
      return KeyText(decoded(left)) < KeyText(decoded(right))
    }
    return bytes.withUnsafeBufferPointer {
      $0[left.range].lexicographicallyPrecedes($0[right.range])
    }
  }

  /// The text of a string or a key.
  func decoded(_ node: JSONNode) -> String {
    bytes.withUnsafeBufferPointer { JSONText.decode(node, of: $0) }
  }

  /// The tape indexes of an object's keys in the order of the text, each followed by its value;
  /// of a key that comes twice only the last.
  func keys(of object: Int) -> KeyIndexes {
    var indexes = KeyIndexes(
      tape: tape, index: object + 1, end: Int(tape[object].next), winners: nil)
    if tape[object].hasDuplicates {
      var last: [KeyText: Int] = [:]
      for key in indexes { last[KeyText(decoded(tape[key]))] = key }
      indexes.winners = Set(last.values)
    }
    return indexes
  }
}

/// The keys of one object on a tape.
struct KeyIndexes: Sequence, IteratorProtocol {
  let tape: [JSONNode]
  var index: Int
  let end: Int
  /// The keys to keep; nil keeps them all.
  var winners: Set<Int>?

  mutating func next() -> Int? {
    while index < end {
      let key = index
      index = Int(tape[key + 1].next)
      guard let winners, !winners.contains(key) else { return key }
    }
    return nil
  }
}

/// Where values lie in a JSON value, in the notation of Splunk's fields and of `spath`.
///
/// `a.b` is member b of member a, `a{}` every element of the array a, `a{0}` its first. A key may
/// itself hold dots and braces: `a.b` finds `{"a.b": 1}` too, after and beside `{"a": {"b": 1}}`.
/// `JSONPath("responseElements.imageScanFindings.findings{}").values(in: record)`
package struct JSONPath: Hashable, Sendable {
  /// How braces read a value that is no array.
  package enum Braces: Sendable {
    /// `{}` and `{0}` of an object are the object, as `spath path=` has it.
    case acceptObjects
    /// They find nothing there: the names of a record's raw fields.
    case arraysOnly
  }

  private enum Subscript: Hashable {
    case every
    case element(Int)
  }

  /// A key, empty for `{}` of an array at the root, and what follows it in braces.
  private struct Part: Hashable {
    var key: Range<Int>
    var subscripts: [Subscript]
    /// Where the key ends if it takes in none, one, two and more of the subscripts.
    var keyEnds: [Int]
  }

  package let text: String
  private let braces: Braces
  private let bytes: [UInt8]
  private let parts: [Part]
  /// Whether it is keys alone, which lead to one value at most.
  private let isPlain: Bool

  /// Reads a path; every text is one, since every text can be a key.
  package init(_ text: String, braces: Braces = .acceptObjects) {
    self.text = text
    self.braces = braces
    bytes = Array(text.utf8)
    var parts: [Part] = []
    var start = 0
    for index in 0...bytes.count
    where index == bytes.count || bytes[index] == UInt8(ascii: ".") {
      parts.append(JSONPath.part(of: bytes, start..<index))
      start = index + 1
    }
    self.parts = parts
    isPlain = parts.allSatisfy { !$0.key.isEmpty && $0.subscripts.isEmpty }
  }

  package static func == (left: JSONPath, right: JSONPath) -> Bool {
    left.bytes == right.bytes && left.braces == right.braces
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(bytes)
  }

  /// The values at this path, in the order of the text; JSON's null among them.
  package func values(in value: JSONValue) -> [JSONValue] {
    if leadsToOne(in: value) { return self.value(in: value).map { [$0] } ?? [] }
    var found: [JSONValue] = []
    bytes.withUnsafeBufferPointer { collect(0, value, $0, into: &found) }
    if value.document.hasJoiningKeys { found.sort { $0.node < $1.node } }
    return found
  }

  /// Whether there is one value at most, which `value(in:)` finds.
  package func leadsToOne(in value: JSONValue) -> Bool {
    isPlain && !value.document.hasJoiningKeys
  }

  /// The value that a path of keys leads to.
  package func value(in value: JSONValue) -> JSONValue? {
    bytes.withUnsafeBufferPointer { bytes in
      var node = value.node
      for part in parts {
        guard JSONValue(document: value.document, node: node).kind == .object,
          let member = value.document.member(
            UnsafeBufferPointer(rebasing: bytes[part.key]), of: node)
        else { return nil }
        node = member
      }
      return JSONValue(document: value.document, node: node)
    }
  }

  private func collect(
    _ index: Int, _ value: JSONValue, _ bytes: UnsafeBufferPointer<UInt8>,
    into found: inout [JSONValue]
  ) {
    guard index < parts.count else {
      found.append(value)
      return
    }
    let part = parts[index]
    if index == 0, part.key.isEmpty, !part.subscripts.isEmpty {
      descend(part.subscripts[...], value, then: index + 1, bytes, into: &found)
      guard value.document.hasJoiningKeys else { return }
    }
    guard value.kind == .object else { return }
    // A key that holds dots or braces spans parts of the path or takes subscripts in.
    let joins = value.document.hasJoiningKeys
    for last in index...(joins ? parts.count - 1 : index) {
      for (taken, end) in parts[last].keyEnds.prefix(joins ? .max : 1).enumerated() {
        let key = UnsafeBufferPointer(rebasing: bytes[part.key.lowerBound..<end])
        guard let member = value.document.member(key, of: value.node) else { continue }
        descend(
          parts[last].subscripts.dropFirst(taken),
          JSONValue(document: value.document, node: member), then: last + 1, bytes, into: &found)
      }
    }
  }

  private func descend(
    _ subscripts: ArraySlice<Subscript>, _ value: JSONValue, then next: Int,
    _ bytes: UnsafeBufferPointer<UInt8>, into found: inout [JSONValue]
  ) {
    guard let first = subscripts.first else {
      collect(next, value, bytes, into: &found)
      return
    }
    let rest = subscripts.dropFirst()
    switch (value.kind, first) {
    case (.array, .every):
      for element in value.elements {
        descend(rest, element, then: next, bytes, into: &found)
      }
    case (.array, .element(let position)):
      guard let element = value.elements.dropFirst(position).first(where: { _ in true })
      else { return }
      descend(rest, element, then: next, bytes, into: &found)
    case (.object, .every), (.object, .element(0)):
      guard braces == .acceptObjects else { return }
      descend(rest, value, then: next, bytes, into: &found)
    default: return
    }
  }

  /// Takes `key{}{2}` apart; what is in braces but no number stays part of the key.
  private static func part(of bytes: [UInt8], _ range: Range<Int>) -> Part {
    var key = range
    var subscripts: [Subscript] = []
    var keyEnds = [range.upperBound]
    while key.count >= 2, bytes[key.upperBound - 1] == UInt8(ascii: "}"),
      let brace = bytes[key].lastIndex(of: UInt8(ascii: "{"))
    {
      let inside = bytes[brace + 1..<key.upperBound - 1]
      if inside.isEmpty {
        subscripts.insert(.every, at: 0)
      } else if inside.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
        let position = Int(String(decoding: inside, as: UTF8.self))
      {
        subscripts.insert(.element(position), at: 0)
      } else {
        break
      }
      key = key.lowerBound..<brace
      keyEnds.insert(brace, at: 0)
    }
    return Part(key: key, subscripts: subscripts, keyEnds: keyEnds)
  }
}

extension JSONValue {
  /// Whether this is an array, or an object that holds the key with which a path begins, where no
  /// key of the document holds dots or braces.
  package func holdsStart(ofPath path: String) -> Bool {
    guard kind == .object else { return kind == .array }
    var path = path
    return path.withUTF8 { bytes in
      let end = bytes.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "{") }
      let key = UnsafeBufferPointer(rebasing: bytes[..<(end ?? bytes.count)])
      return key.isEmpty || document.member(key, of: node) != nil
    }
  }
}

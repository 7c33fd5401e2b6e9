/// A value in a document: it costs two words and copies nothing.
package struct JSONValue: Sendable {
  package let document: JSONDocument
  let node: Int

  package var kind: JSONKind { document.tape[node].kind }

  /// The value of a key; nil where there is none or this is no object.
  ///
  /// Decoded keys are compared by bytes; only those with escapes or beyond ASCII are decoded.
  package subscript(key: String) -> JSONValue? {
    guard kind == .object else { return nil }
    var key = key
    return key.withUTF8 { document.member($0, of: node) }
      .map { JSONValue(document: document, node: $0) }
  }

  /// The elements of an array in order; none of anything else.
  package var elements: Elements {
    let inside = kind == .array
    return Elements(
      document: document, index: node + 1,
      end: inside ? Int(document.tape[node].next) : node + 1)
  }

  /// The members of an object in the order of the text; none of anything else.
  package var members: Members {
    guard kind == .object else {
      return Members(
        document: document, keys: KeyIndexes(tape: document.tape, index: 0, end: 0))
    }
    return Members(document: document, keys: document.keys(of: node))
  }

  /// A string decoded; a number, true and false as written; an object or an array as its JSON
  /// text; nil for null.
  package var text: String? {
    let entry = document.tape[node]
    switch entry.kind {
    case .string: return document.decoded(entry)
    case .null: return nil
    default:
      return document.bytes.withUnsafeBufferPointer {
        String(decoding: $0[entry.range], as: UTF8.self)
      }
    }
  }

  /// The decoded text of a string; nil of anything else.
  package var string: String? { kind == .string ? text : nil }

  /// The bytes of the value as written, a string's with its quotes.
  package var rawBytes: ArraySlice<UInt8> {
    let entry = document.tape[node]
    let quote = entry.kind == .string ? 1 : 0
    return document.bytes[Int(entry.start) - quote..<Int(entry.end) + quote]
  }

  /// Whether an object at or inside this value holds a key twice.
  package var hasDuplicateKeys: Bool {
    guard document.hasDuplicateKeys else { return false }
    return document.tape[node..<Int(document.tape[node].next)].contains(where: \.hasDuplicates)
  }

  /// Whether this is neither object nor array nor null: what becomes a field.
  package var isLeaf: Bool {
    switch kind {
    case .object, .array, .null: false
    default: true
    }
  }
}

extension JSONValue {
  /// The elements of an array, one after the other.
  package struct Elements: Sequence, IteratorProtocol {
    let document: JSONDocument
    var index: Int
    let end: Int

    package mutating func next() -> JSONValue? {
      guard index < end else { return nil }
      defer { index = Int(document.tape[index].next) }
      return JSONValue(document: document, node: index)
    }
  }

  /// The members of an object, one after the other.
  package struct Members: Sequence, IteratorProtocol {
    let document: JSONDocument
    var keys: KeyIndexes

    package mutating func next() -> Member? {
      keys.next().map { Member(document: document, key: $0) }
    }
  }

  /// One member of an object: its name is decoded when asked for.
  package struct Member: Sendable {
    let document: JSONDocument
    let key: Int

    package var name: String { document.decoded(document.tape[key]) }
    package var value: JSONValue { JSONValue(document: document, node: key + 1) }
  }
}

extension JSONValue {
  /// One spelling for all texts of this value, to hash: keys sorted by the bytes of their decoded
  /// text, no white space, each string with the fewest escapes, of a key that comes twice the last.
  ///
  /// Numbers stay as they were written. Ill-formed UTF-8 becomes U+FFFD; a lone surrogate stays an
  /// escape, so that it differs from the six characters that it is shown as.
  package var canonicalBytes: [UInt8] {
    var writer = CanonicalWriter(document: document, capacity: rawBytes.count)
    writer.write(node)
    return Array(String(decoding: writer.output, as: UTF8.self).utf8)
  }
}

extension JSONDocument {
  /// The text of a string or key as the canonical spelling has it, without the quotes.
  func canonicalText(of node: JSONNode) -> [UInt8] {
    var writer = CanonicalWriter(document: self, capacity: node.range.count + 2)
    writer.writeString(node)
    return Array(String(decoding: writer.output.dropFirst().dropLast(), as: UTF8.self).utf8)
  }
}

private struct CanonicalWriter {
  private let document: JSONDocument
  private(set) var output: [UInt8] = []

  init(document: JSONDocument, capacity: Int) {
    self.document = document
    output.reserveCapacity(capacity)
  }

  mutating func write(_ node: Int) {
    let entry = document.tape[node]
    switch entry.kind {
    case .object: writeObject(node)
    case .array:
      output.append(UInt8(ascii: "["))
      var element = node + 1
      while element < Int(entry.next) {
        if element > node + 1 { output.append(UInt8(ascii: ",")) }
        write(element)
        element = Int(document.tape[element].next)
      }
      output.append(UInt8(ascii: "]"))
    case .string: writeString(entry)
    case .number, .true, .false, .null: output.append(contentsOf: document.bytes[entry.range])
    }
  }

  private mutating func writeObject(_ node: Int) {
    let keys = document.keys(of: node).sorted { document.keyPrecedes($0, $1) }
    output.append(UInt8(ascii: "{"))
    for (position, key) in keys.enumerated() {
      if position > 0 { output.append(UInt8(ascii: ",")) }
      writeString(document.tape[key])
      output.append(UInt8(ascii: ":"))
      write(key + 1)
    }
    output.append(UInt8(ascii: "}"))
  }

  mutating func writeString(_ entry: JSONNode) {
    output.append(UInt8(ascii: "\""))
    document.bytes.withUnsafeBufferPointer { bytes in
      let text = UnsafeBufferPointer(rebasing: bytes[entry.range])
      var index = 0
      while index < text.count {
        if text[index] == UInt8(ascii: "\\") {
          let escape = JSONText.escape(in: text, at: index)
          write(scalar: escape.scalar)
          index += escape.length
        } else {
          let end = JSONText.endOfPlainText(in: text, from: index)
          output.append(contentsOf: UnsafeBufferPointer(rebasing: text[index..<end]))
          index = end
          if index < text.count, text[index] < 0x20 {
            write(scalar: UInt32(text[index]))
            index += 1
          }
        }
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private mutating func write(scalar: UInt32) {
    switch scalar {
    case 0x22: output.append(contentsOf: [0x5C, 0x22])
    case 0x5C: output.append(contentsOf: [0x5C, 0x5C])
    case 0x08: output.append(contentsOf: "\\b".utf8)
    case 0x09: output.append(contentsOf: "\\t".utf8)
    case 0x0A: output.append(contentsOf: "\\n".utf8)
    case 0x0C: output.append(contentsOf: "\\f".utf8)
    case 0x0D: output.append(contentsOf: "\\r".utf8)
    case 0..<0x20:
      output.append(contentsOf: (scalar < 0x10 ? "\\u000" : "\\u00").utf8)
      output.append(contentsOf: String(scalar, radix: 16).utf8)
    default: JSONText.append(scalar, to: &output)
    }
  }
}

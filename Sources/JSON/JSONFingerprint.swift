/// What tells whether two JSON values are the same whatever their spelling, in 128 bits.
///
/// Equal for values whose `canonicalBytes` are equal, and made without sorting keys or writing
/// anything. It holds within one process: the key is drawn at random, so that nobody can make up a
/// record that passes for another.
package struct JSONFingerprint: Sendable {
  private let keys: (UInt64, UInt64, UInt64, UInt64)

  package init() {
    // Odd, so that multiplying loses nothing.
    func key() -> UInt64 { UInt64.random(in: .min ... .max) | 1 }
    keys = (key(), key(), key(), key())
  }

  /// The sixteen bytes of a value.
  package func bytes(of value: JSONValue) -> [UInt8] {
    let document = value.document
    let sum = document.tape.withUnsafeBufferPointer { tape in
      document.bytes.withUnsafeBytes { bytes in
        Walk(fingerprint: self, document: document, tape: tape, bytes: bytes).value(value.node)
      }
    }
    return withUnsafeBytes(of: (sum.low.bigEndian, sum.high.bigEndian)) { Array($0) }
  }

  fileprivate struct Sum {
    var low: UInt64
    var high: UInt64
  }

  /// Takes two words into a sum; where they stand counts.
  @inline(__always)
  fileprivate func mix(_ sum: Sum, _ one: UInt64, _ two: UInt64) -> Sum {
    let product = (sum.low ^ one).multipliedFullWidth(by: sum.high ^ two)
    return Sum(low: product.low ^ keys.0, high: product.high &+ keys.1)
  }

  @inline(__always)
  fileprivate func start(_ tag: UInt64, _ length: Int) -> Sum {
    Sum(low: keys.2 ^ tag, high: keys.3 &+ UInt64(truncatingIfNeeded: length))
  }
}

private struct Walk {
  let fingerprint: JSONFingerprint
  let document: JSONDocument
  let tape: UnsafeBufferPointer<JSONNode>
  let bytes: UnsafeRawBufferPointer

  func value(_ index: Int) -> JSONFingerprint.Sum {
    let node = tape[index]
    switch node.kind {
    case .object: return object(index)
    case .array: return array(index)
    case .string: return string(node)
    case .number, .true, .false, .null:
      return words(2, UnsafeRawBufferPointer(rebasing: bytes[node.range]))
    }
  }

  /// The sum of what the members come to: their order does not count.
  private func object(_ index: Int) -> JSONFingerprint.Sum {
    var total = JSONFingerprint.Sum(low: 0, high: 0)
    func take(_ key: Int) {
      var member = string(tape[key])
      let inside = value(key + 1)
      member = fingerprint.mix(member, inside.low, inside.high)
      total.low &+= member.low
      total.high &+= member.high
    }
    if tape[index].hasDuplicates {
      for key in document.keys(of: index) { take(key) }
    } else {
      let end = Int(tape[index].next)
      var key = index + 1
      while key < end {
        take(key)
        key = Int(tape[key + 1].next)
      }
    }
    return fingerprint.mix(fingerprint.start(3, 0), total.low, total.high)
  }

  private func array(_ index: Int) -> JSONFingerprint.Sum {
    var sum = fingerprint.start(4, 0)
    let end = Int(tape[index].next)
    var element = index + 1
    while element < end {
      let inside = value(element)
      sum = fingerprint.mix(sum, inside.low, inside.high)
      element = Int(tape[element].next)
    }
    return sum
  }

  private func string(_ node: JSONNode) -> JSONFingerprint.Sum {
    let text = UnsafeRawBufferPointer(rebasing: bytes[node.range])
    guard node.isCoded || !text.isPlain else { return words(1, text) }
    return document.canonicalText(of: node).withUnsafeBytes { words(1, $0) }
  }

  @inline(__always)
  private func words(_ tag: UInt64, _ text: UnsafeRawBufferPointer) -> JSONFingerprint.Sum {
    func word(_ offset: Int) -> UInt64 {
      text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    func half(_ offset: Int) -> UInt64 {
      UInt64(text.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    let count = text.count
    var sum = fingerprint.start(tag, count)
    var offset = 0
    while offset + 16 < count {
      sum = fingerprint.mix(sum, word(offset), word(offset + 8))
      offset += 16
    }
    // What is left may be read once more together with what comes before: the length is known.
    if count >= 16 { return fingerprint.mix(sum, word(count - 16), word(count - 8)) }
    if count >= 8 { return fingerprint.mix(sum, word(0), word(count - 8)) }
    if count >= 4 { return fingerprint.mix(sum, half(0), half(count - 4)) }
    guard count > 0 else { return sum }
    let few = UInt64(text[0]) | UInt64(text[count / 2]) << 8 | UInt64(text[count - 1]) << 16
    return fingerprint.mix(sum, few, 0)
  }
}

extension UnsafeRawBufferPointer {
  /// Whether all bytes are of ASCII and no controls; false may be said of what is, too.
  fileprivate var isPlain: Bool {
    var doubts: UInt64 = 0
    var offset = 0
    while offset + 8 <= count {
      let word = loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      doubts |= (word &- repeated(0x20)) | word
      offset += 8
    }
    while offset < count {
      let byte = self[offset]
      if byte < 0x20 || byte >= 0x80 { return false }
      offset += 1
    }
    return doubts & repeated(0x80) == 0
  }
}

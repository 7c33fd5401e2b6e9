/// Reads one JSON value in one pass and lays its nodes on a tape.
///
/// The nodes lie in memory of its own, which is counted and checked in one place: an array would
/// ask with each node whether somebody else has it.
///
/// Strict about structure, lenient about content: ill-formed UTF-8, lone surrogates and raw
/// control characters in strings do not cost a record, since Splunk would have shown it.
struct JSONParser: ~Copyable {
  private let base: UnsafePointer<UInt8>
  private let count: Int
  private let depthLimit: Int
  private var at = 0
  private var tape: Pile<JSONNode>
  private(set) var hasDuplicates = false
  private(set) var hasJoiningKeys = false
  /// Hashes of the keys of the objects that are open, the innermost last.
  private var openKeys: Pile<UInt32>

  init(base: UnsafePointer<UInt8>, count: Int, depthLimit: Int) {
    self.base = base
    self.count = count
    self.depthLimit = depthLimit
    tape = Pile(capacity: count / 12 + 8)
    openKeys = Pile(capacity: 64)
  }

  deinit {
    tape.free()
    openKeys.free()
  }

  /// The nodes read so far.
  var nodes: [JSONNode] { tape.array }

  /// Reads the whole text: one value, and white space around it.
  mutating func readDocument() throws(JSONProblem) {
    if count >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { at = 3 }
    try readValue(depth: 0, expecting: .value)
    skipWhiteSpace()
    guard at == count else { throw found(.end) }
  }

  private mutating func readValue(
    depth: Int, expecting: JSONProblem.Expectation
  ) throws(JSONProblem) {
    skipWhiteSpace()
    guard at < count else { throw found(expecting) }
    switch base[at] {
    case UInt8(ascii: "\""):
      let string = try readString()
      tape.append(
        JSONNode(
          .string, start: string.start, end: string.end, next: tape.count + 1,
          flags: string.isEscaped ? JSONNode.coded : 0))
    case UInt8(ascii: "{"): try readObject(depth: depth + 1)
    case UInt8(ascii: "["): try readArray(depth: depth + 1)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
    case UInt8(ascii: "t"): try readLiteral("true", .true)
    case UInt8(ascii: "f"): try readLiteral("false", .false)
    case UInt8(ascii: "n"): try readLiteral("null", .null)
    default: throw found(expecting)
    }
  }

  private mutating func readObject(depth: Int) throws(JSONProblem) {
    guard depth <= depthLimit else { throw problem(.tooDeep(limit: depthLimit)) }
    let object = tape.count
    let firstKey = openKeys.count
    // A bit for each key: two that share one may be the same.
    var seen: UInt64 = 0
    var mayRepeat = false
    tape.append(JSONNode(.object, start: at))
    at &+= 1
    skipWhiteSpace()
    if !take(UInt8(ascii: "}")) {
      var expected = JSONProblem.Expectation.keyOrEnd
      repeat {
        skipWhiteSpace()
        guard at < count, base[at] == UInt8(ascii: "\"") else { throw found(expected) }
        let bit: UInt64 = 1 << UInt64(try readKey() >> 26)
        mayRepeat = mayRepeat || seen & bit != 0
        seen |= bit
        skipWhiteSpace()
        guard take(UInt8(ascii: ":")) else { throw found(.colon) }
        try readValue(depth: depth, expecting: .value)
        skipWhiteSpace()
        expected = .key
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw found(.commaOrBrace) }
    }
    close(object)
    if mayRepeat, keyComesTwice(object: object, firstKey: firstKey) {
      tape.nodes[object].tag |= JSONNode.duplicates
      hasDuplicates = true
    }
    openKeys.count = firstKey
  }

  private mutating func readArray(depth: Int) throws(JSONProblem) {
    guard depth <= depthLimit else { throw problem(.tooDeep(limit: depthLimit)) }
    let array = tape.count
    tape.append(JSONNode(.array, start: at))
    at += 1
    skipWhiteSpace()
    if !take(UInt8(ascii: "]")) {
      var expected = JSONProblem.Expectation.valueOrEnd
      repeat {
        try readValue(depth: depth, expecting: expected)
        skipWhiteSpace()
        expected = .value
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw found(.commaOrBracket) }
    }
    close(array)
  }

  private mutating func close(_ container: Int) {
    tape.nodes[container].end = UInt32(truncatingIfNeeded: at)
    tape.nodes[container].next = UInt32(truncatingIfNeeded: tape.count)
  }

  /// Reads a key, and answers its hash.
  private mutating func readKey() throws(JSONProblem) -> UInt32 {
    let start = at &+ 1
    let raw = UnsafeRawPointer(base)
    var words = KeyMark.Words()
    var place = start
    while place &+ 8 <= count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let hits =
        zeroBytes(word ^ repeated(UInt8(ascii: "\"")))
        | zeroBytes(word ^ repeated(UInt8(ascii: "\\")))
      guard hits != 0 else {
        words.take(word)
        place &+= 8
        continue
      }
      let length = hits.trailingZeroBitCount >> 3
      guard base[place &+ length] == UInt8(ascii: "\"") else { break }
      if length > 0 { words.take(word & (1 << UInt64(8 &* length) &- 1)) }
      place &+= length
      let mark = words.mark(ofLength: place &- start)
      guard mark.isASCII else { break }
      at = place &+ 1
      append(key: (start, place), mark, isCoded: false)
      return mark.hash
    }
    return try readUnusualKey()
  }

  /// A key that holds escapes, or bytes beyond ASCII, or stands close to the end of the text.
  @inline(never)
  private mutating func readUnusualKey() throws(JSONProblem) -> UInt32 {
    let key = try readString()
    let bytes = UnsafeBufferPointer(start: base + key.start, count: key.end - key.start)
    var mark = KeyMark(bytes)
    let isCoded = key.isEscaped || !mark.isASCII
    if isCoded {
      var text = JSONText.decode(bytes, isEscaped: key.isEscaped)
      mark = text.withUTF8 { KeyMark($0) }
    }
    append(key: (key.start, key.end), mark, isCoded: isCoded)
    return mark.hash
  }

  private mutating func append(key: (start: Int, end: Int), _ mark: KeyMark, isCoded: Bool) {
    var node = JSONNode(
      .string, start: key.start, end: key.end, next: tape.count + 1,
      flags: isCoded ? JSONNode.coded : 0)
    node.tag |= mark.hash
    tape.append(node)
    openKeys.append(mark.hash)
    hasJoiningKeys = hasJoiningKeys || mark.joins
  }

  /// Reads a string from its opening quote on; `end` is its closing quote.
  private mutating func readString() throws(JSONProblem) -> (
    start: Int, end: Int, isEscaped: Bool
  ) {
    let start = at + 1
    let raw = UnsafeRawPointer(base)
    var isEscaped = false
    at = start
    while true {
      while at &+ 8 <= count {
        let word = UInt64(
          littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        let hits =
          zeroBytes(word ^ repeated(UInt8(ascii: "\"")))
          | zeroBytes(word ^ repeated(UInt8(ascii: "\\")))
        if hits != 0 {
          at &+= hits.trailingZeroBitCount >> 3
          break
        }
        at &+= 8
      }
      guard at < count else { throw found(.quote) }
      switch base[at] {
      case UInt8(ascii: "\""):
        at += 1
        return (start, at - 1, isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        try readEscape()
      default: at += 1
      }
    }
  }

  private mutating func readEscape() throws(JSONProblem) {
    at += 1
    guard at < count else { throw found(.escape) }
    switch base[at] {
    case UInt8(ascii: "u"):
      at += 1
      for _ in 0..<4 {
        guard at < count, JSONText.hexValue(base[at]) != nil else { throw found(.hexDigit) }
        at += 1
      }
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 1
    default: throw found(.escape)
    }
  }

  private mutating func readNumber() throws(JSONProblem) {
    let start = at
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try readDigits() }
    if take(UInt8(ascii: ".")) { try readDigits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try readDigits()
    }
    tape.append(JSONNode(.number, start: start, end: at, next: tape.count + 1))
  }

  private mutating func readDigits() throws(JSONProblem) {
    let start = at
    while at < count, base[at] >= 0x30, base[at] <= 0x39 { at += 1 }
    guard at > start else { throw found(.digit) }
  }

  private mutating func readLiteral(
    _ word: StaticString, _ kind: JSONKind
  ) throws(JSONProblem) {
    let start = at
    for offset in 0..<word.utf8CodeUnitCount {
      guard take(word.utf8Start[offset]) else { throw found(.literal) }
    }
    tape.append(JSONNode(kind, start: start, end: at, next: tape.count + 1))
  }

  @inline(__always) private mutating func take(_ byte: UInt8) -> Bool {
    guard at < count, base[at] == byte else { return false }
    at &+= 1
    return true
  }

  @inline(__always) private mutating func skipWhiteSpace() {
    while at < count, base[at] <= 0x20 {
      switch base[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at &+= 1
      default: return
      }
    }
  }

  private func found(_ expected: JSONProblem.Expectation) -> JSONProblem {
    problem(at < count ? .found(base[at], expected: expected) : .ended(expected: expected))
  }

  private func problem(_ fact: JSONProblem.Fact) -> JSONProblem {
    JSONProblem(offset: at, fact: fact)
  }
}

extension JSONParser {
  /// Above this an object's keys are compared by a seeded hash: comparing each with each would
  /// let a hostile record cost the square of its length.
  private static let fewKeys = 64

  private func keyComesTwice(object: Int, firstKey: Int) -> Bool {
    let keyCount = openKeys.count - firstKey
    guard keyCount > 1 else { return false }
    guard keyCount <= JSONParser.fewKeys else { return decodedKeysRepeat(object) }
    for later in (firstKey + 1)..<openKeys.count {
      let hash = openKeys.nodes[later]
      var alike = 0
      for earlier in firstKey..<later { alike &+= openKeys.nodes[earlier] == hash ? 1 : 0 }
      if alike > 0 { return decodedKeysRepeat(object) }
    }
    return false
  }

  private func decodedKeysRepeat(_ object: Int) -> Bool {
    let bytes = UnsafeBufferPointer(start: base, count: count)
    var seen: Set<KeyText> = []
    var index = object + 1
    while index < tape.count {
      let key = KeyText(JSONText.decode(tape.nodes[index], of: bytes))
      guard seen.insert(key).inserted else { return true }
      index = Int(tape.nodes[index + 1].next)
    }
    return false
  }
}

/// Values one after another in memory that grows as they come; to be freed by its owner.
private struct Pile<Node: BitwiseCopyable> {
  private(set) var nodes: UnsafeMutablePointer<Node>
  var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    nodes = .allocate(capacity: capacity)
  }

  func free() { nodes.deallocate() }

  var array: [Node] { Array(UnsafeBufferPointer(start: nodes, count: count)) }

  @inline(__always) mutating func append(_ node: Node) {
    if count == capacity { grow() }
    (nodes + count).initialize(to: node)
    count &+= 1
  }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<Node>.allocate(capacity: 2 * capacity)
    larger.update(from: nodes, count: count)
    nodes.deallocate()
    nodes = larger
    capacity *= 2
  }
}

internal import JSON

/// How the text of a file is to be read.
enum TextKind: UInt8 {
  /// A unit a line: taken as they come.
  case lines
  /// Envelopes, arrays, values over several lines: taken when complete.
  case document
  /// The text is too short to tell.
  case undecided
}

/// Tells from a text's beginning whether it is lines or a document.
///
/// The first value decides: it is a document when it is an array, an envelope, or goes on after
/// a line feed in a way that the JSON grammar allows. A first line that is merely broken is one.
struct Sniffer {
  /// How many bytes are worth looking at.
  static let limit = 1 << 20

  private enum Expected { case value, keyOrEnd, key, colon, commaOrEnd }

  private let head: UnsafeRawBufferPointer
  private let framing: Framing
  private var index = 0
  private var expected = Expected.value
  /// The kinds of the open brackets; true for `[`.
  private var kinds: [Bool] = []
  private var crossedLine = false
  private var isFirstOfLine = false
  private var isArrayKey = false

  /// What the text that begins with `head` is; a limited head is as long as is worth looking at.
  static func kind(_ head: UnsafeRawBufferPointer, isLimited: Bool, framing: Framing) -> TextKind {
    var sniffer = Sniffer(head: head, framing: framing)
    return sniffer.decide(isLimited: isLimited)
  }

  private init(head: UnsafeRawBufferPointer, framing: Framing) {
    self.head = head
    self.framing = framing
  }

  private mutating func decide(isLimited: Bool) -> TextKind {
    if head.starts(with: [0xef, 0xbb, 0xbf]) { index = 3 }
    guard let start = head[index...].firstIndex(where: { $0 > 0x20 }) else { return .undecided }
    index = start
    if head[index] == 0x5b { return .document }
    guard head[index] == 0x7b else { return .lines }
    while index < head.count {
      let byte = head[index]
      if byte <= 0x20 {
        if byte == 0x0a {
          crossedLine = true
          isFirstOfLine = true
        }
        index += 1
        continue
      }
      if let kind = take(byte) { return kind }
      isFirstOfLine = false
    }
    return crossedLine ? .document : isLimited ? .lines : .undecided
  }

  /// Deals with a byte that is no white space; a kind when it decides.
  private mutating func take(_ byte: UInt8) -> TextKind? {
    switch (expected, byte) {
    case (.value, 0x7b):
      kinds.append(false)
      expected = .keyOrEnd
      index += 1
    case (.value, 0x5b):
      if isArrayKey && kinds.count == 1 { return .document }
      kinds.append(true)
      expected = .value
      index += 1
    case (.keyOrEnd, 0x7d), (.commaOrEnd, 0x7d), (.commaOrEnd, 0x5d), (.value, 0x5d):
      guard kinds.last == (byte == 0x5d) else { return surprise(byte) }
      kinds.removeLast()
      if kinds.isEmpty { return crossedLine ? .document : .lines }
      expected = .commaOrEnd
      index += 1
    case (.keyOrEnd, 0x22), (.key, 0x22), (.value, 0x22): return string(isKey: expected != .value)
    case (.colon, 0x3a):
      expected = .value
      index += 1
    case (.commaOrEnd, 0x2c):
      expected = kinds.last == true ? .value : .key
      index += 1
    case (.value, _) where byte != 0x2c && byte != 0x3a && byte != 0x7d: scalar()
    default: return surprise(byte)
    }
    if expected != .value { isArrayKey = isArrayKey && expected == .colon }
    return nil
  }

  private mutating func string(isKey: Bool) -> TextKind? {
    var skimmer = JSONSkimmer()
    let start = index
    guard case .ended(let end) = skimmer.scan(head, from: start) else {
      // Inside a string the line can not end: then it is a broken one.
      let rest = head[start...]
      index = head.count
      return rest.contains(0x0a) ? .lines : nil
    }
    let text = UnsafeRawBufferPointer(rebasing: head[start..<end])
    if text.contains(0x0a) { return .lines }
    index = end
    isArrayKey = isKey && kinds.count == 1 && framing.isArrayKey(text)
    expected = isKey ? .colon : .commaOrEnd
    return nil
  }

  private mutating func scalar() {
    while index < head.count {
      let byte = head[index]
      if byte <= 0x20 || byte == 0x2c || byte | 0x20 == 0x7d { break }
      index += 1
    }
    expected = .commaOrEnd
  }

  /// The grammar does not allow this byte here: a document with a flaw, or a broken first line.
  private func surprise(_ byte: UInt8) -> TextKind {
    crossedLine && !(isFirstOfLine && byte == 0x7b) ? .document : .lines
  }
}

import Diagnostics

/// Cuts the text of a search into lexemes; any text can be cut.
///
/// The arguments of most commands are words that end at white space, brackets, commas and
/// comparisons; expressions have operators besides.
///
/// Outside and inside quotes `\"`, `\\` and `\|` stand for the second character; every other
/// backslash is itself, as Splunk documents it. `\u{2a}` and `\u{27}` are our own notation for a
/// `*` that is no wildcard and a `'` within single quotes, which Splunk cannot write: canonical text
/// needs them.
struct Lexer {
  private let bytes: [UInt8]
  private let readsTokens: Bool
  private var position = 0
  /// Whether the next lexeme is one of an expression.
  var isInExpression = false

  init(_ text: String, readsTokens: Bool) {
    bytes = Array(text.utf8)
    self.readsTokens = readsTokens
  }

  static func lexemes(
    of text: String, readsTokens: Bool = false, isExpression: Bool = false
  ) -> [Lexeme] {
    var lexer = Lexer(text, readsTokens: readsTokens)
    lexer.isInExpression = isExpression
    var lexemes: [Lexeme] = []
    while let lexeme = lexer.next() { lexemes.append(lexeme) }
    return lexemes
  }

  mutating func next() -> Lexeme? {
    guard position < bytes.count else { return nil }
    let start = position
    let kind = kindOfNext(bytes[position])
    return Lexeme(kind: kind, span: SourceSpan(start..<position))
  }

  private mutating func kindOfNext(_ byte: UInt8) -> Lexeme.Kind {
    if isSpace(byte) { return space() }
    switch Character(Unicode.Scalar(byte)) {
    case "|": return single(.pipe)
    case ",": return single(.comma)
    case "(": return single(.leftParenthesis)
    case ")": return single(.rightParenthesis)
    case "[": return single(.leftBracket)
    case "]": return single(.rightBracket)
    case "\"": return quoted()
    case "`": return starts("```") ? comment() : macro()
    default: return comparison() ?? (isInExpression ? expression(byte) : .word(word()))
    }
  }

  private mutating func expression(_ byte: UInt8) -> Lexeme.Kind {
    if byte == UInt8(ascii: "'") { return quotedField() }
    if Self.operations.contains(byte) {
      return single(.operation(String(Unicode.Scalar(byte))))
    }
    return .word(isDigit(byte) ? number() : word())
  }

  private static let operations = Set("+-*/%.".utf8)

  private mutating func single(_ kind: Lexeme.Kind) -> Lexeme.Kind {
    position += 1
    return kind
  }

  private mutating func space() -> Lexeme.Kind {
    while position < bytes.count, isSpace(bytes[position]) { position += 1 }
    return .space
  }

  private mutating func comment() -> Lexeme.Kind {
    position += 3
    while position < bytes.count, starts("```") == false { position += 1 }
    guard position < bytes.count else { return .unclosed(.comment) }
    position += 3
    return .space
  }

  /// A backtick within quotes belongs to the value of an argument.
  private mutating func macro() -> Lexeme.Kind {
    position += 1
    let start = position
    var isInQuotes = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "`"), isInQuotes == false {
        position += 1
        return .macro(text(start..<position - 1))
      }
      if byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    position = bytes.count
    return .unclosed(.backtick)
  }

  private mutating func comparison() -> Lexeme.Kind? {
    for sign in ["!=", "==", "<=", ">=", "=", "<", ">"] where starts(sign) {
      position += sign.utf8.count
      return .comparison(sign)
    }
    return nil
  }

  private mutating func quotedField() -> Lexeme.Kind {
    position += 1
    let pieces = pieces { $0.bytes[$0.position] == UInt8(ascii: "'") }
    guard position < bytes.count else { return .unclosed(.apostrophe) }
    position += 1
    return .quotedField(pieces)
  }

  private mutating func quoted() -> Lexeme.Kind {
    position += 1
    let pieces = pieces { $0.bytes[$0.position] == UInt8(ascii: "\"") }
    guard position < bytes.count else { return .unclosed(.quote) }
    position += 1
    return .quoted(pieces)
  }

  private mutating func word() -> [Lexeme.Piece] {
    pieces { lexer in
      let byte = lexer.bytes[lexer.position]
      if byte == UInt8(ascii: "!") { return lexer.starts("!=") }
      if lexer.isInExpression, Self.nameEnds.contains(byte) { return true }
      return lexer.isSpace(byte) || Self.wordEnds.contains(byte)
    }
  }

  private static let wordEnds = Set("|,()[]\"`=<>".utf8)
  private static let nameEnds = Set("'+-*/%.".utf8)

  /// `5`, `0.25`, `1e-7`, and what else begins with a digit, such as `5m`.
  private mutating func number() -> [Lexeme.Piece] {
    let start = position
    skipDigits()
    if byte(ahead: 0) == UInt8(ascii: "."), isDigit(byte(ahead: 1)) {
      position += 1
      skipDigits()
    }
    if byte(ahead: 0).map({ $0 | 0x20 }) == UInt8(ascii: "e") {
      let isSigned = [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte(ahead: 1))
      if isDigit(byte(ahead: isSigned ? 2 : 1)) {
        position += isSigned ? 2 : 1
        skipDigits()
      }
    }
    return [.written(text(start..<position))] + word()
  }

  private mutating func skipDigits() { while isDigit(byte(ahead: 0)) { position += 1 } }

  private func byte(ahead distance: Int) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  private func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }

  /// The pieces up to the byte where `ends` holds, or the end of the text.
  private mutating func pieces(until ends: (borrowing Lexer) -> Bool) -> [Lexeme.Piece] {
    var pieces: [Lexeme.Piece] = []
    var run: [UInt8] = []
    func flush() {
      if run.isEmpty == false { pieces.append(.written(String(decoding: run, as: UTF8.self))) }
      run = []
    }
    while position < bytes.count, ends(self) == false {
      if starts(Self.literalStar) {
        flush()
        pieces.append(.literal("*"))
        position += Self.literalStar.utf8.count
      } else if starts(Self.literalApostrophe) {
        flush()
        pieces.append(.literal("'"))
        position += Self.literalApostrophe.utf8.count
      } else if starts(#"\|"#) {
        flush()
        pieces.append(.escapedPipe)
        position += 2
      } else if let escaped = escapedByte() {
        run.append(escaped)
        position += 2
      } else if readsTokens, starts("$$") {
        run.append(UInt8(ascii: "$"))
        position += 2
      } else if readsTokens, let token = token() {
        flush()
        pieces.append(token)
      } else {
        run.append(bytes[position])
        position += 1
      }
    }
    flush()
    return pieces
  }

  static let literalStar = #"\u{2a}"#
  static let literalApostrophe = #"\u{27}"#

  private func escapedByte() -> UInt8? {
    guard bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count else { return nil }
    return Set(#""\"#.utf8).contains(bytes[position + 1]) ? bytes[position + 1] : nil
  }

  /// `$name$` or `$name|f$` at the position, which then stands after it.
  private mutating func token() -> Lexeme.Piece? {
    guard bytes[position] == UInt8(ascii: "$") else { return nil }
    var end = position + 1
    while end < bytes.count, isTokenName(bytes[end]) { end += 1 }
    let name = text(position + 1..<end)
    var filter: String?
    if end < bytes.count, bytes[end] == UInt8(ascii: "|") {
      let start = end + 1
      end = start
      while end < bytes.count, isTokenName(bytes[end]) { end += 1 }
      filter = text(start..<end)
    }
    guard name.isEmpty == false, end < bytes.count, bytes[end] == UInt8(ascii: "$") else {
      return nil
    }
    position = end + 1
    return .token(name: name, filter: filter)
  }

  /// Token names are names of fields; a space would make a token of `costs $5 and $6`.
  private func isTokenName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
      true
    default: "_.{}:-".utf8.contains(byte)
    }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private func starts(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

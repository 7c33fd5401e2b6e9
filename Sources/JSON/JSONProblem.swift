/// Why some bytes are not one JSON value, and where.
package struct JSONProblem: Error, Hashable, Sendable {
  /// What the reader would have taken.
  package enum Expectation: String, Sendable {
    case value = "a value"
    case key = "a key in double quotes"
    case keyOrEnd = "a key in double quotes or '}'"
    case valueOrEnd = "a value or ']'"
    case colon = "':'"
    case commaOrBrace = "',' or '}'"
    case commaOrBracket = "',' or ']'"
    case quote = "the closing double quote"
    case escape = "one of \" \\ / b f n r t u after a backslash"
    case hexDigit = "a hexadecimal digit"
    case digit = "a digit"
    case literal = "true, false or null"
    case end = "the end of the text"
  }

  /// What is the matter.
  package enum Fact: Hashable, Sendable {
    case found(UInt8, expected: Expectation)
    case ended(expected: Expectation)
    /// Objects and arrays lie deeper in each other than the limit.
    case tooDeep(limit: Int)
    /// The text is longer than 2 GiB.
    case tooLong
  }

  /// Counted in bytes from the start of the text.
  package let offset: Int
  package let fact: Fact

  package init(offset: Int, fact: Fact) {
    self.offset = offset
    self.fact = fact
  }

  /// The problem in words: `found '}', expected a value, at byte 12`.
  package var sentence: String {
    switch fact {
    case .found(let byte, let expected):
      "found \(JSONProblem.spelled(byte)), expected \(expected.rawValue), at byte \(offset)"
    case .ended(let expected):
      "the text ends at byte \(offset), expected \(expected.rawValue)"
    case .tooDeep(let limit):
      "found a value nested deeper than \(limit) levels at byte \(offset)"
    case .tooLong:
      "the text is longer than 2 GiB"
    }
  }

  private static func spelled(_ byte: UInt8) -> String {
    if byte > 0x20 && byte < 0x7f { return "'\(Character(UnicodeScalar(byte)))'" }
    let digits = String(byte, radix: 16, uppercase: true)
    return "byte 0x" + (digits.count == 1 ? "0" : "") + digits
  }
}

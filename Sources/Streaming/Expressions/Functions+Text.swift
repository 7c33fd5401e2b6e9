import Digest
import Events
import SPL

extension Functions {
  /// Functions of texts; nil for others.
  static func text(_ function: EvalFunction, _ arguments: [Datum]) -> Datum? {
    switch function {
    case .len, .lower, .upper, .trim, .ltrim, .rtrim, .substr, .urldecode, .md5, .sha1, .sha256,
      .sha512, .cidrmatch, .match, .replace:
      guard let text = arguments[0].text?.string else { return .null }
      return self.text(function, text, arguments)
    case .tostring: return tostring(arguments[0], as: arguments.count > 1 ? arguments[1].text : nil)
    case .ipmask: return masked(arguments)
    case .tonumber: return tonumber(arguments[0], base: arguments.count > 1 ? arguments[1] : nil)
    default: return nil
    }
  }

  private static func text(
    _ function: EvalFunction, _ text: String, _ arguments: [Datum]
  ) -> Datum? {
    switch function {
    case .len: .whole(text.unicodeScalars.count)
    case .lower: .string(text.lowercased())
    case .upper: .string(text.uppercased())
    case .trim: .string(trimmed(text, arguments, left: true, right: true))
    case .ltrim: .string(trimmed(text, arguments, left: true, right: false))
    case .rtrim: .string(trimmed(text, arguments, left: false, right: true))
    case .substr: substring(text, arguments)
    case .urldecode: .text(urldecoded(text))
    case .md5: .string(hexadecimal(HashFunction.md5.digest(of: Array(text.utf8))))
    case .sha1: .string(hexadecimal(HashFunction.sha1.digest(of: Array(text.utf8))))
    case .sha256: .string(hexadecimal(HashFunction.sha256.digest(of: Array(text.utf8))))
    case .sha512: .string(hexadecimal(HashFunction.sha512.digest(of: Array(text.utf8))))
    case .cidrmatch: cidrmatch(text, arguments[1])
    default: nil
    }
  }

  private static func cidrmatch(_ block: String, _ addresses: Datum) -> Datum {
    guard let block = AddressBlock(block) else { return .null }
    return .truth(addresses.each.contains { $0.text.map { block.contains($0.string) } ?? false })
  }

  private static func masked(_ arguments: [Datum]) -> Datum {
    guard let mask = arguments[0].text.flatMap({ AddressBlock.address($0.string[...]) }),
      let address = arguments[1].text.flatMap({ AddressBlock.address($0.string[...]) }),
      mask.count == 4, address.count == 4
    else { return .null }
    return .string(zip(mask, address).map { String($0 & $1) }.joined(separator: "."))
  }

  private static func trimmed(
    _ text: String, _ arguments: [Datum], left: Bool, right: Bool
  ) -> String {
    let given = arguments.count > 1 ? arguments[1].text?.string : nil
    let cut = Array((given ?? " \t\n\r").unicodeScalars)
    var rest = Substring(text).unicodeScalars
    while left, let first = rest.first, cut.contains(first) { rest.removeFirst() }
    while right, let last = rest.last, cut.contains(last) { rest.removeLast() }
    return String(rest)
  }

  /// Counted from 1; from the end where the start is negative.
  private static func substring(_ text: String, _ arguments: [Datum]) -> Datum {
    guard let start = arguments[1].wholeNumber else { return .null }
    let characters = Array(text.unicodeScalars)
    let first = start > 0 ? start - 1 : start < 0 ? max(0, characters.count + start) : 0
    guard first < characters.count else { return .string("") }
    var last = characters.count
    if arguments.count > 2 {
      guard let length = arguments[2].wholeNumber else { return .null }
      last = length < 0 ? first : min(last, first + min(length, last))
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: characters[first..<last])
    return .string(String(result))
  }

  private static func urldecoded(_ text: String) -> Text {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = hexadecimalDigit(bytes[index + 1]), let low = hexadecimalDigit(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return Text(utf8: decoded)
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8($0) }
  }
}

extension Datum {
  /// A number without its fraction; nil for what is no number, or too great.
  var wholeNumber: Int? {
    switch number {
    case .whole(let whole): Int(exactly: whole)
    case .real(let real): Int(exactly: real.rounded(.towardZero))
    case nil: nil
    }
  }
}

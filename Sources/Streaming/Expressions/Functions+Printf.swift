import Events
import Glibc
import SPL

/// A format of `printf`, taken apart: texts, and places for arguments.
struct PrintfFormat: Sendable {
  private enum Part {
    case text(String)
    /// `-08.3f`: what stands between the percent sign and the letter, and the letter.
    case place(flags: String, width: Int?, places: Int?, letter: Character)
  }

  private let parts: [Part]

  /// Wider results than this are made for nobody.
  private static let widest = 1000

  /// Nil for a letter that is none, and for widths beyond a thousand.
  init?(_ format: String) {
    var parts: [Part] = []
    var rest = Substring(format)
    while let percent = rest.firstIndex(of: "%") {
      parts.append(.text(String(rest[..<percent])))
      rest = rest[percent...].dropFirst()
      let flags = rest.prefix { "-+ #0".contains($0) }
      rest = rest.dropFirst(flags.count)
      let width = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(width.count)
      var places: Substring?
      if rest.first == "." {
        places = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(1 + (places?.count ?? 0))
      }
      guard let letter = rest.popFirst(), "diuoxXeEfFgGs%".contains(letter),
        width.isEmpty || Int(width) ?? .max <= Self.widest,
        places.map({ $0.isEmpty || Int($0) ?? .max <= Self.widest }) ?? true
      else { return nil }
      parts.append(
        letter == "%"
          ? .text("%")
          : .place(
            flags: String(flags), width: Int(width), places: places.map { Int($0) ?? 0 },
            letter: letter))
    }
    self.parts = parts + [.text(String(rest))]
  }

  /// Nil where an argument is missing or not what its letter asks for.
  func text(of arguments: [Datum]) -> String? {
    var rest = arguments[...]
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .place(let flags, let width, let places, let letter):
        guard let argument = rest.popFirst(),
          let text = Self.text(argument, flags, width, places, letter)
        else { return nil }
        result += text
      }
    }
    return result
  }

  private static func text(
    _ argument: Datum, _ flags: String, _ width: Int?, _ places: Int?, _ letter: Character
  ) -> String? {
    if letter == "s" {
      guard let text = argument.text?.string else { return nil }
      let cut = places.map { String(text.unicodeScalars.prefix($0)) } ?? text
      let fill = String(repeating: " ", count: max(0, (width ?? 0) - cut.unicodeScalars.count))
      return flags.contains("-") ? cut + fill : fill + cut
    }
    guard let number = argument.number else { return nil }
    let form = "%" + flags + (width.map(String.init) ?? "") + (places.map { ".\($0)" } ?? "")
    guard "diuoxX".contains(letter) else {
      return formatted(form + String(letter), number.double)
    }
    guard let whole = Int64(exactly: number.double.rounded(.towardZero)) else { return nil }
    return formatted(form + "ll" + String(letter), whole)
  }

  /// By the C library, whose notation this is.
  private static func formatted(_ format: String, _ argument: any CVarArg) -> String {
    withVaList([argument]) { list in
      var buffer = [CChar](repeating: 0, count: 2 * widest + 400)
      let count = vsnprintf(&buffer, buffer.count, format, list)
      return String(
        decoding: buffer.prefix(max(0, min(Int(count), buffer.count - 1))).map(
          UInt8.init(bitPattern:)),
        as: UTF8.self)
    }
  }
}

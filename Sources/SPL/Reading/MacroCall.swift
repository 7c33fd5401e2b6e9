/// The inside of a macro's backticks, taken apart: `name(first, "second, quoted")`.
struct MacroCall: Equatable {
  var name: String
  var arguments: [String]

  /// Nil when the text has not that form.
  init?(_ text: String) {
    let trimmed = trimmingSpace(text)
    guard let open = trimmed.firstIndex(of: "(") else {
      guard Self.isName(trimmed) else { return nil }
      (name, arguments) = (String(trimmed), [])
      return
    }
    guard trimmed.last == ")" else { return nil }
    name = String(trimmingSpace(trimmed[..<open]))
    let inside = trimmed[trimmed.index(after: open)...].dropLast()
    guard Self.isName(name), let parts = Self.parts(of: inside) else { return nil }
    arguments = parts
  }

  private static func isName(_ text: some StringProtocol) -> Bool {
    text.isEmpty == false && text.allSatisfy { $0.isLetter || $0.isNumber || "_-.:".contains($0) }
  }

  /// Cut at commas outside of quotes and parentheses; nil when one of these is not closed.
  private static func parts(of text: Substring) -> [String]? {
    guard trimmingSpace(text).isEmpty == false else { return [] }
    var parts = [""]
    var depth = 0
    var isInQuotes = false
    var isEscaped = false
    for character in text {
      if character == "\"", isEscaped == false { isInQuotes.toggle() }
      isEscaped = character == "\\" && isEscaped == false
      if isInQuotes == false {
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        guard depth >= 0 else { return nil }
        if character == ",", depth == 0 {
          parts.append("")
          continue
        }
      }
      parts[parts.count - 1].append(character)
    }
    return depth == 0 && isInQuotes == false ? parts.map(unquoted) : nil
  }

  /// Quotes around a whole argument are not part of its value.
  private static func unquoted(_ argument: String) -> String {
    let trimmed = trimmingSpace(argument)
    let inside = trimmed.dropFirst().dropLast()
    guard trimmed.count >= 2, trimmed.first == "\"", trimmed.last == "\"" else {
      return String(trimmed)
    }
    var value = ""
    var isEscaped = false
    for character in inside {
      if isEscaped, character != "\"" { value.append("\\") }
      isEscaped = character == "\\" && isEscaped == false
      if isEscaped == false { value.append(character) }
    }
    return value
  }
}

private func trimmingSpace(_ text: some StringProtocol) -> Substring {
  let start = text.drop { $0.isWhitespace }
  let end = start.lastIndex { $0.isWhitespace == false }
  return Substring(end.map { start[...$0] } ?? start[..<start.startIndex])
}

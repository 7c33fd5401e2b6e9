/// Python text as a tree, laid out so that no line is wider than the page where it can be broken.
indirect enum PythonCode {
  case atom(String)
  /// `name(a, b, key=c)`.
  case call(String, [PythonCode])
  case list([PythonCode])
  case tuple([PythonCode])
  case named(String, PythonCode)
  case lambda(String, PythonCode)

  static let widest = 98

  static func text(_ text: String) -> PythonCode { .atom(quoted(text)) }

  static func texts(_ texts: some Sequence<String>) -> PythonCode {
    .list(texts.map(PythonCode.text))
  }

  static func whole(_ number: Int) -> PythonCode { .atom(String(number)) }

  /// A literal: ASCII as it is, what could hide in a terminal or an editor as an escape.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case " "..."~": result.unicodeScalars.append(scalar)
      default: result += escape(scalar.value)
      }
    }
    return result + "\""
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    let width = value > 0xffff ? 8 : 4
    let zeros = String(repeating: "0", count: width - digits.count)
    return (width == 8 ? "\\U" : "\\u") + zeros + digits
  }

  /// The code in one line.
  var line: String {
    switch self {
    case .atom(let text): text
    case .call(let name, let parts): name + "(" + parts.map(\.line).joined(separator: ", ") + ")"
    case .list(let parts): "[" + parts.map(\.line).joined(separator: ", ") + "]"
    case .tuple(let parts):
      "(" + parts.map(\.line).joined(separator: ", ") + (parts.count == 1 ? ",)" : ")")
    case .named(let name, let value): name + "=" + value.line
    case .lambda(let name, let body): "lambda \(name): " + body.line
    }
  }

  /// The code with the rest of its line, broken into lines that begin with `indent` spaces.
  func laidOut(indent: Int, after used: Int, trailing: Int = 0) -> String {
    let line = line
    if used + line.count + trailing <= Self.widest { return line }
    switch self {
    case .atom(let text): return text
    case .call(let name, let parts): return Self.broken(name + "(", parts, ")", indent)
    case .list(let parts): return Self.broken("[", parts, "]", indent)
    case .tuple(let parts): return Self.broken("(", parts, parts.count == 1 ? ",)" : ")", indent)
    case .named(let name, let value):
      return name + "=" + value.laidOut(indent: indent, after: used + name.count + 1)
    case .lambda(let name, let body):
      return "lambda \(name): "
        + body.laidOut(indent: indent, after: used + name.count + 9)
    }
  }

  /// Several parts fill a line; one that is too wide for one has lines of its own.
  private static func broken(
    _ open: String, _ parts: [PythonCode], _ close: String, _ indent: Int
  ) -> String {
    let inner = indent + 4
    let start = "\n" + String(repeating: " ", count: inner)
    var text = open
    var used = widest
    for (index, part) in parts.enumerated() {
      let end = index == parts.count - 1 ? close : ","
      if used + part.line.count + end.count + 1 > widest {
        let shown = part.laidOut(indent: inner, after: inner, trailing: end.count)
        text += start + shown + end
        used = shown.contains("\n") ? widest : inner + shown.count + end.count
      } else {
        text += " " + part.line + end
        used += part.line.count + end.count + 1
      }
    }
    return parts.isEmpty ? text + close : text
  }
}

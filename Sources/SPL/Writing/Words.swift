/// What there is of these, with spaces between.
func words(_ parts: String?...) -> String { parts.compactMap { $0 }.joined(separator: " ") }

extension [String] {
  var listed: String { joined(separator: ", ") }
}

/// A text whose stars are no wildcards, in quotes where it needs them.
func atom(_ text: String) -> String { atom(Pattern(literal: text)) }

func atom(wildcards text: String) -> String { atom(Pattern(wildcards: text)) }

func atom(_ pattern: Pattern) -> String {
  let text = pattern.runs.joined(separator: "*")
  let isBare =
    text.isEmpty == false && text.utf8.allSatisfy(isPlain)
    && pattern.runs.allSatisfy { $0.utf8.contains(UInt8(ascii: "*")) == false }
    && keywords.contains(text.lowercased()) == false
  return isBare ? text : inQuotes(pattern)
}

/// A field in a list of fields, where a sign or a number at its start would mean something.
func fieldName(_ name: FieldName) -> String { fieldPattern(Pattern(literal: name)) }

func fieldPattern(_ pattern: Pattern) -> String {
  let text = atom(pattern)
  return text.utf8.first.map(isNameStart) == true ? text : inQuotes(pattern)
}

/// A text of an expression or a regular expression, in which a star is one.
func quotedText(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    if scalar == "\"" || scalar == "\\" { escaped += "\\" }
    escaped.unicodeScalars.append(scalar)
  }
  return "\"\(escaped)\""
}

/// A field in an expression, in single quotes where it needs them.
func expressionName(_ name: FieldName) -> String {
  let isBare =
    name.utf8.first.map(isNameStart) == true && name.utf8.allSatisfy(isNamePart)
    && keywords.contains(name.lowercased()) == false
  if isBare { return name }
  var escaped = ""
  for scalar in name.unicodeScalars {
    switch scalar {
    case "'": escaped += Lexer.literalApostrophe
    case "\\": escaped += "\\\\"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return "'\(escaped)'"
}

private func inQuotes(_ pattern: Pattern) -> String {
  "\"\(pattern.runs.map(escaped).joined(separator: "*"))\""
}

private let keywords: Set<String> = [
  "and", "as", "by", "case", "earliest", "endhoursago", "eval", "from", "groupby", "in", "latest",
  "like", "not", "or", "output", "outputnew", "over", "sortby", "starthoursago", "term", "where",
  "xor",
]

private func isNameStart(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "_"):
    true
  default: false
  }
}

private func isNamePart(_ byte: UInt8) -> Bool {
  isNameStart(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

private func isPlain(_ byte: UInt8) -> Bool { isNamePart(byte) || "*.:{}@-/".utf8.contains(byte) }

private func escaped(_ run: String) -> String {
  var text = ""
  for scalar in run.unicodeScalars {
    switch scalar {
    case "*": text += Lexer.literalStar
    case "\"", "\\": text += "\\" + String(scalar)
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text
}

import Diagnostics

/// Regular expressions: their own syntax is checked where they are compiled.
extension StageParser {
  /// `field=x max_match=0 "(?<name>...)"` or `field=x mode=sed "s/a/b/g"`.
  mutating func rex() throws(Diagnostic) -> Rex {
    var field: FieldName?
    var limit: Int??
    var isSed: Bool?
    var pattern: Word?
    let names = OptionNames(
      command: "rex", known: ["field", "max_match", "mode"], unsupported: ["offset_field"])
    while current != nil {
      guard let option = option() else {
        let word = try regularExpression()
        try set(&pattern, word, word, as: "regular expression")
        continue
      }
      switch option.text.lowercased() {
      case "field": try set(&field, option, self.field())
      case "max_match": try set(&limit, option, self.limit("max_match"))
      case "mode": try set(&isSed, option, choice(option, ["sed"]) == "sed")
      default: throw refusal(of: option, names)
      }
    }
    guard let pattern else {
      throw missing("regular expression", of: "rex", example: "rex field=arn \"/(?<name>[^/]+)$\"")
    }
    let text = pattern.wording.literal
    guard isSed == true else {
      guard Rex.groupNames(in: text).isEmpty == false else {
        throw pattern.fails(ArgumentProblem.noGroups)
      }
      let mode = Rex.Mode.extract(pattern: text, limit: limit ?? 1)
      return Rex(field: field ?? Rex.defaultField, mode: mode)
    }
    guard let sed = Sed(text) else { throw pattern.fails(ArgumentProblem.invalidSed(text)) }
    return Rex(field: field ?? Rex.defaultField, mode: .sed(sed))
  }

  /// `user="^a"`, `user!="^a"`, or an expression for `_raw`.
  mutating func regexFilter() throws(Diagnostic) -> RegexFilter {
    guard let first = current else {
      throw missing("regular expression", of: "regex", example: "regex user=\"^svc-\"")
    }
    guard first.wording != nil, case .comparison(let sign) = symbol(ahead: 1)?.kind else {
      return RegexFilter(pattern: try regularExpression().wording.literal)
    }
    guard sign == "=" || sign == "!=" else {
      advance()
      throw unexpected("'=' or '!='")
    }
    let field = try field()
    advance()
    let pattern = try regularExpression().wording.literal
    return RegexFilter(field: field, keepsMatches: sign == "=", pattern: pattern)
  }

  private mutating func regularExpression() throws(Diagnostic) -> Word {
    let word = try text("a regular expression in quotes")
    if let next = current, next.isJoined, word.wording.isQuoted == false {
      throw next.fails(
        TextProblem.unexpected(
          found: quoted(word.text), expected: "a regular expression in quotes"))
    }
    return word
  }
}

extension Rex {
  /// The names of the groups that become fields, in order; none for a replacement.
  package var groups: [FieldName] {
    guard case .extract(let pattern, _) = mode else { return [] }
    return Self.groupNames(in: pattern)
  }

  /// `(?<name>`, `(?P<name>` and `(?'name'` outside of classes and escapes.
  static func groupNames(in pattern: String) -> [FieldName] {
    var names: [FieldName] = []
    let characters = Array(pattern)
    var index = 0
    var isInClass = false
    while index < characters.count {
      switch characters[index] {
      case "\\": index += 1
      case "[": isInClass = true
      case "]": isInClass = false
      case "(" where isInClass == false:
        if let name = groupName(characters[(index + 1)...]), names.contains(name) == false {
          names.append(name)
        }
      default: break
      }
      index += 1
    }
    return names
  }

  private static func groupName(_ rest: ArraySlice<Character>) -> FieldName? {
    guard rest.first == "?" else { return nil }
    let opening = rest.dropFirst().prefix(2)
    let start = opening.first == "P" ? rest.dropFirst(2) : rest.dropFirst()
    guard let quote = start.first, quote == "<" || quote == "'",
      let end = start.dropFirst().firstIndex(of: quote == "<" ? ">" : "'")
    else { return nil }
    let name = start[(start.startIndex + 1)..<end]
    guard name.isEmpty == false, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else { return nil }
    return String(name)
  }
}

extension Sed {
  /// Nil when it is neither `s/regex/replacement/flags` nor `y/abc/xyz/`.
  init?(_ text: String) {
    let characters = Array(text)
    guard characters.count > 3, let kind = characters.first else { return nil }
    let delimiter = characters[1]
    guard delimiter != "\\", delimiter.isLetter == false, delimiter.isWhitespace == false else {
      return nil
    }
    let parts = Self.parts(characters[2...], delimiter)
    guard parts.count == 3 else { return nil }
    switch kind {
    case "s":
      guard parts[0].isEmpty == false, let flags = Self.flags(parts[2]) else { return nil }
      self = .substitute(
        pattern: parts[0], replacement: parts[1], from: flags.from, all: flags.all)
    case "y":
      guard parts[0].count == parts[1].count, parts[2].isEmpty else { return nil }
      self = .transliterate(from: parts[0], to: parts[1])
    default: return nil
    }
  }

  /// Cut at the delimiter; an escaped one is part of its piece, without the backslash.
  private static func parts(_ text: ArraySlice<Character>, _ delimiter: Character) -> [String] {
    var parts = [""]
    var isEscaped = false
    for character in text {
      if character == delimiter, isEscaped == false {
        parts.append("")
        continue
      }
      if isEscaped, character != delimiter { parts[parts.count - 1].append("\\") }
      isEscaped = character == "\\" && isEscaped == false
      if isEscaped == false { parts[parts.count - 1].append(character) }
    }
    if isEscaped { parts[parts.count - 1].append("\\") }
    return parts
  }

  /// `g`, a number, or both.
  private static func flags(_ text: String) -> (from: Int, all: Bool)? {
    let all = text.contains("g")
    let digits = text.filter { $0 != "g" }
    guard text.count - digits.count <= 1 else { return nil }
    guard digits.isEmpty == false else { return (1, all) }
    guard digits.allSatisfy(\.isASCII), let from = Int(digits), from > 0 else { return nil }
    return (from, all)
  }
}

/// A regular expression of PCRE2 as Java's, where both mean the same.
struct JavaPattern: Equatable {
  private(set) var text = "(?d)"
  /// Of the groups with a name, in their order.
  private(set) var groupNames: [String] = []
  private var groupCount = 0
  /// Whether a group may take no part in a match.
  private(set) var hasOptionalGroups = false

  /// Whether each group has a name, or none.
  var groupsAreNamed: Bool { groupCount == groupNames.count }

  /// ASCII word boundaries: Java's own go by other letters too.
  private static let boundary = #"(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))"#
  private static let classes = Set("dDwWsS")
  private static let escapes = Set("nrtf")

  init(_ pattern: String) throws(JavaPatternProblem) {
    var rest = Substring(pattern)
    var depth = 0
    while let character = rest.popFirst() {
      switch character {
      case "\\": try takeEscape(&rest)
      case "[": try takeClass(&rest)
      case "(":
        depth += 1
        try openGroup(&rest)
      case ")":
        depth -= 1
        text += ")"
        if let next = rest.first, "?*{".contains(next) { hasOptionalGroups = true }
      case "|":
        hasOptionalGroups = true
        text += "|"
      case "{": try takeBrace(&rest)
      case "}": text += "\\}"
      case "]": text += "\\]"
      default: text.append(character)
      }
    }
    // Alternatives matter only where groups are asked for.
    hasOptionalGroups = hasOptionalGroups && groupCount > 0
    if depth != 0 { throw JavaPatternProblem(part: pattern) }
  }

  private mutating func takeEscape(_ rest: inout Substring) throws(JavaPatternProblem) {
    guard let next = rest.popFirst() else { throw JavaPatternProblem(part: "\\") }
    switch next {
    case "b": text += Self.boundary
    case _ where Self.classes.contains(next) || Self.escapes.contains(next): text += "\\\(next)"
    case _ where next.isASCII && (next.isLetter || next.isNumber):
      throw JavaPatternProblem(part: "\\\(next)")
    default: text += "\\\(next)"
    }
  }

  /// Within brackets Java gives `[` and `&&` a meaning that they do not have here.
  private mutating func takeClass(_ rest: inout Substring) throws(JavaPatternProblem) {
    text += "["
    if rest.first == "^" { text.append(rest.removeFirst()) }
    if rest.first == "]" {
      rest.removeFirst()
      text += "\\]"
    }
    while let character = rest.popFirst() {
      switch character {
      case "]":
        text += "]"
        return
      case "[":
        if rest.first == ":" || rest.first == "." || rest.first == "=" {
          throw JavaPatternProblem(part: "[\(rest.prefix(1))")
        }
        text += "\\["
      case "&": text += "\\&"
      case "\\":
        if rest.first == "b" { throw JavaPatternProblem(part: "[\\b]") }
        try takeEscape(&rest)
      default: text.append(character)
      }
    }
    throw JavaPatternProblem(part: "[")
  }

  private mutating func openGroup(_ rest: inout Substring) throws(JavaPatternProblem) {
    guard rest.first == "?" else {
      if rest.first == "*" { throw JavaPatternProblem(part: "(*") }
      groupCount += 1
      text += "("
      return
    }
    for plain in ["?:", "?=", "?!", "?<=", "?<!", "?>"] where rest.hasPrefix(plain) {
      rest.removeFirst(plain.count)
      text += "(" + plain
      return
    }
    for start in ["?<", "?P<", "?'"] where rest.hasPrefix(start) {
      rest.removeFirst(start.count)
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      rest.removeFirst(min(rest.count, name.count + 1))
      groupCount += 1
      groupNames.append(String(name))
      text += "("
      return
    }
    try takeFlags(&rest)
  }

  /// `(?i)` and `(?i:`; without case means all letters here, to Java only with `u`.
  private mutating func takeFlags(_ rest: inout Substring) throws(JavaPatternProblem) {
    let flags = rest.dropFirst().prefix { $0.isASCII && $0.isLetter }
    let end = rest.dropFirst(1 + flags.count).first
    guard !flags.isEmpty, flags.allSatisfy({ "ims".contains($0) }), end == ")" || end == ":"
    else { throw JavaPatternProblem(part: "(" + rest.prefix(3)) }
    rest.removeFirst(1 + flags.count)
    text += "(?" + flags.replacing("i", with: "iu")
  }

  /// A quantifier, else the brace itself.
  private mutating func takeBrace(_ rest: inout Substring) throws(JavaPatternProblem) {
    let inside = rest.prefix { $0 != "}" }
    let numbers = inside.split(separator: ",", omittingEmptySubsequences: false)
    let isQuantifier =
      rest.dropFirst(inside.count).first == "}" && (1...2).contains(numbers.count)
      && !numbers[0].isEmpty && numbers.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
    guard isQuantifier else {
      text += "\\{"
      return
    }
    text += "{" + inside + "}"
    rest.removeFirst(inside.count + 1)
  }
}

/// A part of a regular expression that Java would read differently.
struct JavaPatternProblem: Error {
  let part: String
}

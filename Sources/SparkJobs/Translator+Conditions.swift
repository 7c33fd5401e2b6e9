import SPL

/// Conditions of `search` and regular expressions.
extension Translator {
  mutating func condition(_ predicate: Predicate) -> PythonCode {
    switch predicate {
    case .everything: .call("everything", [])
    case .and(let parts): .call("all_of", parts.map { condition($0) })
    case .or(let parts): .call("any_of", parts.map { condition($0) })
    case .not(let part): .call("unless", [condition(part)])
    case .compare(let field, .equal, let pattern):
      .call("equal", [.text(field), self.pattern(pattern)])
    case .compare(let field, .notEqual, let pattern):
      .call("unequal", [.text(field), self.pattern(pattern)])
    case .compare(let field, let comparison, let pattern):
      .call("ordered", [.text(field), .text(comparison.rawValue), self.pattern(pattern)])
    case .compareCase(let field, let comparison, let pattern):
      .call(
        comparison == .notEqual ? "unequal" : "equal",
        [.text(field), self.pattern(pattern), .named("case", truth(true))])
    case .within(let field, let patterns):
      .call("equal", [.text(field)] + patterns.map { pattern($0) })
    case .term(let pattern): .call("term", [self.pattern(pattern)])
    case .termCase(let pattern):
      .call("term", [self.pattern(pattern), .named("case", truth(true))])
    case .wholeTerm: refuse("TERM(...), which is not translated")
    case .subsearch: refuse("a subsearch, which puts rows of two searches together")
    }
  }

  /// The text of a pattern, `*` standing for any text.
  private mutating func pattern(_ pattern: Pattern) -> PythonCode {
    if pattern.runs.contains(where: { $0.utf8.contains(0x2a) }) {
      return refuse("a star that stands for itself in a value")
    }
    return .text(pattern.runs.joined(separator: "*"))
  }

  /// A regular expression as Java reads it; refused where it would read it differently.
  mutating func java(_ pattern: String) -> PythonCode {
    javaPattern(pattern).map { .text($0.text) } ?? .atom("None")
  }

  mutating func javaPattern(_ pattern: String) -> JavaPattern? {
    do throws(JavaPatternProblem) {
      return try JavaPattern(pattern)
    } catch {
      _ = refuse(
        "'\(error.part)' in the regular expression '\(pattern)', which Java reads differently")
      return nil
    }
  }

  /// `\1` as Java has it, `$1`; for sed also `&`, the match.
  mutating func javaReplacement(_ text: String, sed: Bool = false) -> PythonCode {
    var result = ""
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if character == "\\", let next = rest.popFirst() {
        result +=
          next.isASCII && next.isNumber
          ? "$\(next)" : next == "n" && sed ? "\n" : Self.literal(next)
      } else if character == "&", sed {
        result += "$0"
      } else {
        result += Self.literal(character)
      }
    }
    return .text(result)
  }

  private static func literal(_ character: Character) -> String {
    "\\$".contains(character) ? "\\\(character)" : String(character)
  }
}

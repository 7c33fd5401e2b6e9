import Events
import SPL

/// `rex`, made ready: named groups to fields, or a field rewritten.
struct RexStep: Sendable {
  private enum Mode: Sendable {
    case extract(PerlPattern, limit: Int?)
    case substitute(PerlPattern, Replacement, from: Int, all: Bool)
    case transliterate([Unicode.Scalar: Unicode.Scalar])
  }

  private let field: Text
  private let mode: Mode

  init(_ rex: Rex, limits: LimitCount) throws(PatternProblem) {
    field = Text(rex.field)
    switch rex.mode {
    case .extract(let pattern, let limit):
      mode = .extract(try PerlPattern(pattern, limits: limits), limit: limit)
    case .sed(.substitute(let pattern, let replacement, let from, let all)):
      mode = .substitute(
        try PerlPattern(pattern, limits: limits),
        Replacement(Text(replacement), ampersandIsMatch: true), from: from, all: all)
    case .sed(.transliterate(let from, let to)):
      mode = .transliterate(
        Dictionary(zip(from.unicodeScalars, to.unicodeScalars), uniquingKeysWith: { one, _ in one })
      )
    }
  }

  /// The fields that it makes.
  var names: [Text] {
    if case .extract(let pattern, _) = mode { pattern.names.map(\.name) } else { [] }
  }

  func applied(to fields: any FieldSource) -> any FieldSource {
    let value = fields.value(of: field)
    guard !value.isNull else { return fields }
    guard case .extract(let pattern, let limit) = mode else {
      let texts = value.each.compactMap(\.text).map { Value.text(rewritten($0)) }
      return AssignedField(field, Value(texts), above: fields)
    }
    var found: [Text: [Value]] = [:]
    for text in value.each.compactMap(\.text) {
      for match in pattern.matches(in: text, limit: limit) {
        for (name, group) in pattern.names {
          if let part = match.text(group, of: text) { found[name, default: []].append(.text(part)) }
        }
      }
    }
    return pattern.names.reduce(fields) { fields, named in
      guard let values = found[named.name] else { return fields }
      return AssignedField(named.name, Value(values), above: fields)
    }
  }

  private func rewritten(_ text: Text) -> Text {
    switch mode {
    case .extract: return text
    case .substitute(let pattern, let replacement, let from, let all):
      let matches = pattern.matches(in: text, limit: all ? nil : from)
      return replacement.applied(to: text, at: matches.dropFirst(from - 1))
    case .transliterate(let table):
      var result = String.UnicodeScalarView()
      result.append(contentsOf: text.string.unicodeScalars.map { table[$0] ?? $0 })
      return Text(String(result))
    }
  }
}

package import Events
package import JSON

/// How the value of one field follows from a record, written so that a table of them reads like
/// the documentation it follows.
///
/// A string literal is a raw leaf by its path, an array literal alternatives of which the first
/// with a value counts: `["userIdentity.accountId", "recipientAccountId"]`.
package indirect enum FieldRule: Sendable {
  case null
  case constant(Value)
  case leaf(JSONPath)
  case alternatives([FieldRule])
  /// By event name: the first choice that takes the record's counts, whether it has a value or not.
  case byEventName([EventChoice], otherwise: FieldRule)
  /// The first rule where the text of `leaf` is one of `texts`.
  case when(JSONPath, isOneOf: [Text], FieldRule, otherwise: FieldRule)
  /// The first rule where the leaf has a value.
  case whenPresent(JSONPath, FieldRule, otherwise: FieldRule)
  /// The last part between slashes of the last part between colons: the name at an arn's end.
  case arnEnd(FieldRule)
  case beforeColon(FieldRule)
  case afterColon(FieldRule)
  /// The word after these words in a sentence.
  case word(after: String, FieldRule)
  /// By the verb of the event's name, and whether the call succeeded.
  case outcome(Outcome.Part)
}

extension FieldRule: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  package init(stringLiteral path: String) { self = .leaf(.raw(path)) }
  package init(arrayLiteral rules: FieldRule...) { self = .alternatives(rules) }
}

extension JSONPath {
  /// The path of a raw field: braces stand for arrays and nothing else.
  static func raw(_ path: String) -> JSONPath { JSONPath(path, braces: .arraysOnly) }
}

extension FieldRule {
  /// The value for a record; null where there is none.
  func value(of record: CloudTrailRecord) -> Value {
    switch self {
    case .null: return .null
    case .constant(let value): return value
    case .leaf(let path): return record.leaf(path)
    case .alternatives(let rules):
      for rule in rules {
        let value = rule.value(of: record)
        if !value.isNull { return value }
      }
      return .null
    case .byEventName(let choices, let otherwise):
      let name = record.eventName
      let choice = choices.first { choice in choice.patterns.contains { $0.takes(name) } }
      return (choice?.rule ?? otherwise).value(of: record)
    case .when(let path, let texts, let rule, let otherwise):
      let taken = record.leaf(path).text.map(texts.contains) ?? false
      return (taken ? rule : otherwise).value(of: record)
    case .whenPresent(let path, let rule, let otherwise):
      return (record.leaf(path).isNull ? otherwise : rule).value(of: record)
    case .arnEnd(let rule):
      return rule.value(of: record).mapText { $0.part(after: ":").part(after: "/") }
    case .beforeColon(let rule):
      return rule.value(of: record).mapText { $0.prefix { $0 != UInt8(ascii: ":") } }
    case .afterColon(let rule):
      return rule.value(of: record).mapText { text in
        text.contains(UInt8(ascii: ":")) ? text.drop { $0 != UInt8(ascii: ":") }.dropFirst() : []
      }
    case .word(let words, let rule):
      return rule.value(of: record).mapText { $0.word(after: Array(words.utf8)) }
    case .outcome(let part): return Outcome(of: record)[part]
    }
  }
}

extension CloudTrailRecord {
  /// The raw field at a path: its strings, numbers and truth values, as text.
  func leaf(_ path: JSONPath) -> Value {
    if path.leadsToOne(in: value) {
      guard let found = path.value(in: value), found.isLeaf else { return .null }
      return found.text.map(Value.string) ?? .null
    }
    return Value(path.values(in: value).compactMap { $0.isLeaf ? $0.text.map(Value.string) : nil })
  }

  /// The raw field of that name.
  func rawField(_ name: Text) -> Value {
    let isPath = name.string.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "{") }
    guard !isPath else { return leaf(.raw(name.string)) }
    guard let member = value[name.string], member.isLeaf else { return .null }
    return member.text.map(Value.string) ?? .null
  }
}

extension Value {
  /// A part of the text of the value; null where the part is empty.
  fileprivate func mapText(_ part: (ArraySlice<UInt8>) -> ArraySlice<UInt8>) -> Value {
    guard let text else { return .null }
    let bytes = part(Array(text.string.utf8)[...])
    return bytes.isEmpty ? .null : .text(Text(utf8: bytes))
  }
}

extension ArraySlice<UInt8> {
  fileprivate func part(after separator: Unicode.Scalar) -> ArraySlice<UInt8> {
    guard let last = lastIndex(of: UInt8(ascii: separator)) else { return self }
    return self[(last + 1)...]
  }

  fileprivate func word(after words: [UInt8]) -> ArraySlice<UInt8> {
    guard let first = words.first else { return [] }
    var rest = self
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: words) {
        return rest.dropFirst(words.count).prefix { $0 > 0x20 }
      }
      rest = rest.dropFirst()
    }
    return []
  }
}

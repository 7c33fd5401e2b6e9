import Events
import SPL

/// `makemv`, made ready: one text to several values.
struct MakeMultivalueStep: Sendable {
  private enum Cut: Sendable {
    case delimiter(Text)
    case tokenizer(PerlPattern)
  }

  private let field: Text
  private let cut: Cut
  private let allowsEmpty: Bool

  init(_ command: MakeMultivalue, limits: LimitCount) throws(PatternProblem) {
    field = Text(command.field)
    allowsEmpty = command.allowsEmpty
    switch command.cut {
    case .delimiter(let text): cut = .delimiter(Text(text))
    case .tokenizer(let pattern): cut = .tokenizer(try PerlPattern(pattern, limits: limits))
    }
  }

  func applied(to fields: any FieldSource) -> any FieldSource {
    let value = fields.value(of: field)
    guard !value.isNull else { return fields }
    let parts = value.each.compactMap(\.text).flatMap(parts)
    return AssignedField(field, Value(parts.map(Value.text)), above: fields)
  }

  private func parts(of text: Text) -> [Text] {
    switch cut {
    case .delimiter(let delimiter):
      text.split(by: delimiter).filter { allowsEmpty || !$0.isEmpty }
    case .tokenizer(let pattern):
      pattern.matches(in: text, limit: nil).compactMap { $0.text(1, of: text) }
        .filter { allowsEmpty || !$0.isEmpty }
    }
  }
}

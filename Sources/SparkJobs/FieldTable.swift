import CloudTrail
import Events
import JSON

/// The field model of CloudTrail records as Python: the same rules, of the fields that are asked for.
struct FieldTable {
  let names: [String]

  private var rules: [(name: String, rule: FieldRule)] {
    names.compactMap { name in
      FieldModel.rule(for: Text(name), of: .cloudTrail).map { (name, $0) }
    }
  }

  /// `FIELDS` and `MANY`, the fields that may have several values though their name says not so.
  var text: String {
    let lines = rules.map { name, rule in
      let start = "    " + PythonCode.quoted(name) + ": "
      return start + rule.code.laidOut(indent: 4, after: start.count, trailing: 1) + ",\n"
    }
    let many = rules.filter { !$0.name.contains("{") && $0.rule.mayBeMany }.map(\.name)
    let set =
      many.isEmpty ? "set()" : "{" + many.map(PythonCode.quoted).joined(separator: ", ") + "}"
    return "FIELDS = {\n" + lines.joined() + "}\nMANY = \(set)\n"
  }
}

extension FieldRule {
  var code: PythonCode {
    switch self {
    case .null: .atom("no_value")
    case .constant(let value): .call("constant", [.text(value.text?.string ?? "")])
    case .leaf(let path): .call("leaf", [.text(path.text)])
    case .alternatives(let rules): .call("first_of", rules.map(\.code))
    case .byEventName(let choices, let otherwise):
      .call(
        "by_event_name",
        [
          .list(
            choices.map { choice in
              .tuple([.texts(choice.patterns.map(\.written)), choice.rule.code])
            }), otherwise.code,
        ])
    case .when(let path, let texts, let rule, let otherwise):
      .call(
        "when", [.text(path.text), .texts(texts.map(\.string)), rule.code, otherwise.code])
    case .whenPresent(let path, let rule, let otherwise):
      .call("when_present", [.text(path.text), rule.code, otherwise.code])
    case .arnEnd(let rule): .call("arn_end", [rule.code])
    case .beforeColon(let rule): .call("before_colon", [rule.code])
    case .afterColon(let rule): .call("after_colon", [rule.code])
    case .word(let words, let rule): .call("word_after", [.text(words), rule.code])
    case .outcome(let part): outcomeCode(part)
    }
  }

  private func outcomeCode(_ part: Outcome.Part) -> PythonCode {
    .call(
      "outcome",
      [
        .text(part.rawValue), FieldModel.errorCode.code,
        .texts(Outcome.logins.map(\.written)),
        .list(Outcome.verbs.map { .tuple([.text($0.action), .texts($0.prefixes)]) }),
      ])
  }

  /// Whether a record may have several values of it.
  var mayBeMany: Bool {
    switch self {
    case .leaf(let path): path.text.contains("{")
    case .alternatives(let rules): rules.contains(where: \.mayBeMany)
    case .byEventName(let choices, let otherwise):
      otherwise.mayBeMany || choices.contains(where: \.rule.mayBeMany)
    case .when(_, _, let rule, let otherwise), .whenPresent(_, let rule, let otherwise):
      rule.mayBeMany || otherwise.mayBeMany
    case .null, .constant, .arnEnd, .beforeColon, .afterColon, .word, .outcome: false
    }
  }
}

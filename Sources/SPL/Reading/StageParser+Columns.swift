import Diagnostics

/// The commands that choose, fill and cut fields.
extension StageParser {
  /// `a b*, c` of `table` and `fields`.
  mutating func patterns(of command: String) throws(Diagnostic) -> [Pattern] {
    var patterns: [Pattern] = []
    skipCommas()
    while current != nil {
      let word = try fieldText()
      guard word.text.isEmpty == false else { throw word.fails(ArgumentProblem.emptyField) }
      patterns.append(word.wording.pattern)
      skipCommas()
    }
    guard patterns.isEmpty == false else {
      throw missing("field", of: command, example: "\(command) _time, user")
    }
    return patterns
  }

  /// `+ a, b*` and `- a`; the sign may touch the first name.
  mutating func fieldSelection() throws(Diagnostic) -> FieldSelection {
    let sign = current?.wording?.bareText?.utf8.first
    guard sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else {
      return FieldSelection(keeps: true, fields: try patterns(of: "fields"))
    }
    let word = try text("a field")
    let rest = word.wording.pattern.runs[0].dropFirst()
    var first: [Pattern] = []
    if rest.isEmpty == false || word.wording.pattern.hasWildcard {
      first = [Pattern(runs: [String(rest)] + word.wording.pattern.runs.dropFirst())]
      skipCommas()
    }
    let others = current == nil && first.isEmpty == false ? [] : try patterns(of: "fields")
    return FieldSelection(keeps: sign == UInt8(ascii: "+"), fields: first + others)
  }

  /// `value=x a, b`.
  mutating func fillNull() throws(Diagnostic) -> FillNull {
    var value: String?
    var fields: [FieldName] = []
    while current != nil {
      if let option = option() {
        guard option.text.lowercased() == "value" else {
          throw refusal(of: option, OptionNames(command: "fillnull", known: ["value"]))
        }
        try set(&value, option, text("a value").text)
      } else {
        fields.append(try field())
        skipCommas()
      }
    }
    return FillNull(value: value ?? FillNull.defaultValue, fields: fields.isEmpty ? nil : fields)
  }

  /// The one field that a command takes.
  mutating func oneField(of command: String) throws(Diagnostic) -> FieldName {
    guard current != nil else {
      throw missing("field", of: command, example: "\(command) recipients")
    }
    return try field()
  }

  /// `delim="," allowempty=t field` or `tokenizer="(\w+)" field`.
  mutating func makeMultivalue() throws(Diagnostic) -> MakeMultivalue {
    var field: FieldName?
    var cut: MakeMultivalue.Cut?
    var allowsEmpty: Bool?
    var keepsSingle: Bool?
    let names = OptionNames(
      command: "makemv", known: ["delim", "tokenizer", "allowempty", "setsv"])
    while current != nil {
      guard let option = option() else {
        try set(&field, nil, self.field(), as: "field")
        continue
      }
      switch option.text.lowercased() {
      case "delim":
        let delimiter = try text("a delimiter")
        guard delimiter.text.isEmpty == false else {
          throw delimiter.fails(
            ArgumentProblem.invalidChoice("", option: "delim", choices: [",", ";"]))
        }
        try set(&cut, option, .delimiter(delimiter.wording.literal), as: "delim")
      case "tokenizer":
        try set(&cut, option, .tokenizer(text("a regular expression").wording.literal))
      case "allowempty": try set(&allowsEmpty, option, flag(option))
      case "setsv": try set(&keepsSingle, option, flag(option))
      default: throw refusal(of: option, names)
      }
    }
    guard let field else {
      throw missing("field", of: "makemv", example: "makemv delim=\",\" recipients")
    }
    return MakeMultivalue(
      field: field, cut: cut ?? .delimiter(" "), allowsEmpty: allowsEmpty ?? false,
      keepsSingle: keepsSingle ?? false)
  }

  /// `delim="," field`.
  mutating func multivalueCombine() throws(Diagnostic) -> MultivalueCombine {
    var delimiter: String?
    var field: FieldName?
    while current != nil {
      guard let option = option() else {
        try set(&field, nil, self.field(), as: "field")
        continue
      }
      guard option.text.lowercased() == "delim" else {
        throw refusal(of: option, OptionNames(command: "mvcombine", known: ["delim"]))
      }
      try set(&delimiter, option, text("a delimiter").wording.literal)
    }
    guard let field else {
      throw missing("field", of: "mvcombine", example: "mvcombine delim=\",\" host")
    }
    return MultivalueCombine(field: field, delimiter: delimiter ?? " ")
  }

  /// `span=5m _time as slot`, in any order.
  mutating func bin(_ command: String) throws(Diagnostic) -> Bin {
    var field: FieldName?
    var span: Span?
    var name: FieldName?
    let names = OptionNames(
      command: command, known: ["span"],
      unsupported: ["aligntime", "bins", "end", "minspan", "start"])
    while current != nil {
      if let option = option() {
        guard option.text.lowercased() == "span" else { throw refusal(of: option, names) }
        try set(&span, option, self.span())
      } else if field != nil, skipKeyword("as") {
        try set(&name, nil, self.field("a name after 'as'"), as: "as")
      } else {
        try set(&field, nil, self.field(), as: "field")
      }
    }
    guard let field else { throw missing("field", of: command, example: "bin span=5m _time") }
    guard let span else {
      throw missing("span", of: command, example: "bin span=5m \(clipped(field, to: 40))")
    }
    return Bin(field: field, span: span, as: name ?? field)
  }

  /// `prefix=src_ allfields=t ip`.
  mutating func ipLocation() throws(Diagnostic) -> IPLocation {
    var field: FieldName?
    var prefix: String?
    var allFields: Bool?
    while current != nil {
      guard let option = option() else {
        try set(&field, nil, self.field(), as: "field")
        continue
      }
      switch option.text.lowercased() {
      case "prefix": try set(&prefix, option, text("a prefix").text)
      case "allfields": try set(&allFields, option, flag(option))
      default:
        throw refusal(
          of: option,
          OptionNames(
            command: "iplocation", known: ["prefix", "allfields"], unsupported: ["lang"]))
      }
    }
    guard let field else { throw missing("field", of: "iplocation", example: "iplocation src_ip") }
    return IPLocation(field: field, prefix: prefix ?? "", allFields: allFields ?? false)
  }
}

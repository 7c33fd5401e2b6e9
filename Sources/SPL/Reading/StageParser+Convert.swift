import Diagnostics

extension StageParser {
  /// `timeformat="..." ctime(a) as b, ctime(c)`.
  mutating func convert() throws(Diagnostic) -> Convert {
    var format: String?
    var conversions: [Conversion] = []
    while current != nil {
      if let option = option() {
        guard option.text.lowercased() == "timeformat" else {
          throw refusal(of: option, OptionNames(command: "convert", known: ["timeformat"]))
        }
        try set(&format, option, text("a time format").text)
        continue
      }
      conversions.append(try conversion())
      skipCommas()
    }
    guard conversions.isEmpty == false else {
      throw missing("function", of: "convert", example: "convert ctime(_time)")
    }
    return Convert(timeFormat: format ?? Convert.defaultTimeFormat, conversions: conversions)
  }

  private mutating func conversion() throws(Diagnostic) -> Conversion {
    let word = try text("a function")
    guard let function = ConvertFunction(rawValue: word.wording.bareText?.lowercased() ?? "") else {
      let functions = ConvertFunction.allCases.map(\.rawValue).sorted()
      throw word.fails(ArgumentProblem.unknownFunction(word.text, functions: functions))
    }
    let open = current
    try expect(.leftParenthesis, "'(' after \(quoted(word.text))")
    let inside = try fieldText()
    try close(open)
    let isWild = inside.wording.pattern.hasWildcard
    guard current?.wording?.isKeyword("as") == true || isWild == false else {
      return Conversion(function, field: inside.text, as: inside.text)
    }
    // Only one field can be given a name.
    let field = try name(of: inside)
    let target = skipKeyword("as") ? try self.field("a name after 'as'") : field
    return Conversion(function, field: field, as: target)
  }
}

extension Convert {
  static let defaultTimeFormat = "%m/%d/%Y %H:%M:%S"
}

import Diagnostics

/// `name=value` of a command.
extension StageParser {
  /// The names that a command's options may have.
  struct OptionNames {
    var command: String
    var known: [String]
    /// Real ones that do not run.
    var unsupported: Set<String> = []
  }

  /// Why an option is not taken.
  func refusal(of option: Word, _ names: OptionNames) -> Diagnostic {
    let name = option.text.lowercased()
    return option.fails(
      names.unsupported.contains(name)
        ? ArgumentProblem.unsupportedOption(name, command: names.command)
        : .unknownOption(option.text, command: names.command, options: names.known))
  }

  /// `true`, `t`, `1` or `false`, `f`, `0`.
  mutating func flag(_ option: Word) throws(Diagnostic) -> Bool {
    let value = try text("'true' or 'false'")
    switch value.text.lowercased() {
    case "true", "t", "1", "yes", "y": return true
    case "false", "f", "0", "no", "n": return false
    default:
      throw value.fails(
        ArgumentProblem.invalidChoice(
          value.text, option: option.text, choices: ["true", "false"]))
    }
  }

  /// A whole number of at least `least`.
  mutating func whole(_ title: String, from least: Int = 0) throws(Diagnostic) -> Int {
    let value = try text("a number")
    guard let number = Int(value.text), number >= least, number <= 1_000_000_000 else {
      throw value.fails(ArgumentProblem.invalidNumber(value.text, option: title))
    }
    return number
  }

  /// A whole number where 0 stands for no limit.
  mutating func limit(_ title: String) throws(Diagnostic) -> Int? {
    let number = try whole(title)
    return number == 0 ? nil : number
  }

  /// One of a few words, read without case.
  mutating func choice(_ option: Word, _ choices: [String]) throws(Diagnostic) -> String {
    let value = try text("one of \(choices.joined(separator: ", "))")
    let word = value.text.lowercased()
    guard choices.contains(word) else {
      throw value.fails(
        ArgumentProblem.invalidChoice(value.text, option: option.text, choices: choices))
    }
    return word
  }

  /// `5m`, `10`, `0.5`; time only where a number alone makes no sense.
  mutating func span() throws(Diagnostic) -> Span {
    let value = try text("a span")
    guard let span = Span(value.text) else {
      throw value.fails(ArgumentProblem.invalidSpan(value.text))
    }
    return span
  }

  func set<Value>(
    _ place: inout Value?, _ name: Word?, _ value: Value, as title: String? = nil
  ) throws(Diagnostic) {
    guard place == nil else {
      let problem = ArgumentProblem.repeatedOption(title ?? name?.text ?? "")
      throw name?.fails(problem) ?? fails(problem)
    }
    place = value
  }

  func missing(_ what: String, of command: String, example: String) -> Diagnostic {
    fails(ArgumentProblem.missing(what, command: command, example: example))
  }
}

extension Span {
  /// Nil for what is not above 0 or has no unit that is known; `month` alone is one.
  init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let word = String(text.dropFirst(digits.count))
    if word.isEmpty {
      guard digits.first != ".", digits.last != ".", let number = Double(digits), number > 0,
        number < 1e15
      else { return nil }
      self = .number(number)
      return
    }
    guard let unit = TimeUnit.named[word],
      let count = digits.isEmpty ? 1 : Int64(digits), count > 0, count <= 1_000_000_000
    else { return nil }
    self = .time(count, unit)
  }

  /// The way it is written shortest; `Span` reads it back.
  package var text: String {
    switch self {
    case .number(let number): NumberText.shortest(number)
    case .time(let count, let unit): "\(count)\(unit.abbreviation)"
    }
  }
}

import Diagnostics

extension StageParser {
  /// `path=a.b{} output=x input=y`, or the path alone.
  mutating func spath() throws(Diagnostic) -> Spath {
    var spath = Spath()
    while current != nil {
      let name = option()
      switch name?.text.lowercased() {
      case "input": try set(&spath.input, name, field("the field with the JSON text"))
      case "output": try set(&spath.output, name, field("the field for the values"))
      case "path", nil:
        let value = try text("a path")
        guard JSONPath.isValid(value.text) else {
          throw value.fails(ArgumentProblem.invalidPath(value.text))
        }
        try set(&spath.path, name ?? value, value.text, as: "path")
      default:
        guard let name else { break }
        let names = OptionNames(command: "spath", known: ["input", "output", "path"])
        throw refusal(of: name, names)
      }
    }
    if spath.output != nil, spath.path == nil {
      throw fails(
        ArgumentProblem.missing(
          "path for its output", command: "spath", example: "spath path=a.b output=c"))
    }
    return spath
  }

  /// `field limit=n`, in either order.
  mutating func multivalueExpand() throws(Diagnostic) -> Command {
    var expanded: FieldName?
    var limit: Int?
    while current != nil {
      guard let name = option() else {
        if expanded != nil { throw unexpected("'limit=' or the end of the command") }
        expanded = try field()
        continue
      }
      guard name.text.lowercased() == "limit" else {
        throw refusal(of: name, OptionNames(command: "mvexpand", known: ["limit"]))
      }
      try set(&limit, name, whole("limit"))
    }
    guard let expanded else {
      throw fails(
        ArgumentProblem.missing("field", command: "mvexpand", example: "mvexpand findings"))
    }
    // Splunk's default, 0, is no limit.
    return .multivalueExpand(field: expanded, limit: limit == 0 ? nil : limit)
  }

  /// `a as b, c.* as *`; commas between the pairs may be left out.
  mutating func renamings() throws(Diagnostic) -> [Renaming] {
    guard current != nil else {
      throw fails(
        ArgumentProblem.missing("field", command: "rename", example: "rename user_name as user"))
    }
    var renamings: [Renaming] = []
    repeat {
      let from = try renamed()
      guard skipKeyword("as") else { throw unexpected("'as' after \(quoted(from.text))") }
      let to = try renamed()
      guard from.wording.pattern.runs.count == to.wording.pattern.runs.count else {
        throw to.fails(ArgumentProblem.renameWildcards(from: from.text, to: to.text))
      }
      renamings.append(Renaming(from: from.text, to: to.text))
      skipCommas()
    } while current != nil
    return renamings
  }

  private mutating func renamed() throws(Diagnostic) -> Word {
    let word = try fieldText()
    guard word.text.isEmpty == false else { throw word.fails(ArgumentProblem.emptyField) }
    // In a tree a star in these names is always a wildcard.
    guard word.wording.hasLiteralStar == false else {
      throw word.fails(ArgumentProblem.wildcardField(word.text))
    }
    return word
  }
}

/// The syntax of spath's paths, `a.b{}.c{0}`.
enum JSONPath {
  static func isValid(_ text: String) -> Bool {
    text.isEmpty == false
      && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isStep)
  }

  /// A key, or braces with nothing or an index in them, or a key and such braces.
  private static func isStep(_ step: Substring) -> Bool {
    guard step.isEmpty == false else { return false }
    var rest = step[(step.firstIndex(of: "{") ?? step.endIndex)...]
    guard step[..<rest.startIndex].contains("}") == false else { return false }
    while rest.isEmpty == false {
      guard rest.first == "{", let close = rest.firstIndex(of: "}") else { return false }
      let index = rest[..<close].dropFirst()
      guard index.allSatisfy({ $0.isASCII && $0.isNumber }) else { return false }
      rest = rest[rest.index(after: close)...]
    }
    return true
  }
}

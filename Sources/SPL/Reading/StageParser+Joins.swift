import Diagnostics

/// The commands that take rows of a search in brackets.
extension StageParser {
  /// `[search ...]`.
  mutating func append() throws(Diagnostic) -> Search {
    let names = OptionNames(
      command: "append", known: ["maxtime", "timeout"],
      unsupported: ["extendtimerange", "maxout"])
    while let option = option() {
      // How long Splunk would let it run; here it runs to its end.
      guard names.known.contains(option.text.lowercased()) else {
        throw refusal(of: option, names)
      }
      _ = try whole(option.text)
    }
    guard current != nil else {
      throw missing("subsearch", of: "append", example: "append [search eventName=PutImage]")
    }
    return try subsearch()
  }

  /// `[stats count]`.
  mutating func appendPipe() throws(Diagnostic) -> [Stage] {
    while let option = option() {
      let names = OptionNames(command: "appendpipe", known: ["run_in_preview"])
      guard names.known.contains(option.text.lowercased()) else {
        throw refusal(of: option, names)
      }
      _ = try flag(option)
    }
    guard current != nil else {
      throw missing("commands", of: "appendpipe", example: "appendpipe [stats count]")
    }
    return try bracketedStages()
  }

  /// `type=left max=0 a, b [search ...]`.
  mutating func join() throws(Diagnostic) -> Join {
    var kind: Join.Kind?
    var max: Int??
    var overwrites: Bool?
    var fields: [FieldName] = []
    let names = OptionNames(
      command: "join", known: ["max", "overwrite", "type"],
      unsupported: ["earlier", "left", "right", "usetime"])
    while let symbol = current, symbol.kind != .leftBracket {
      guard let option = option() else {
        fields.append(try field("a field or '['"))
        skipCommas()
        continue
      }
      switch option.text.lowercased() {
      case "type":
        let word = try choice(option, ["inner", "left", "outer"])
        try set(&kind, option, word == "inner" ? .inner : .left)
      case "max": try set(&max, option, limit("max"))
      case "overwrite": try set(&overwrites, option, flag(option))
      default: throw refusal(of: option, names)
      }
    }
    guard current != nil else {
      throw missing("subsearch", of: "join", example: "join user [search eventName=CreateUser]")
    }
    return Join(
      kind: kind ?? .inner, fields: fields, max: max ?? 1, overwrites: overwrites ?? true,
      search: try subsearch())
  }
}

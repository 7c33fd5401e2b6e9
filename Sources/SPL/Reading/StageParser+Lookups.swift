import Diagnostics

/// The commands that read and write lookup tables.
extension StageParser {
  /// `table key as field OUTPUT value as name, other`.
  mutating func lookup() throws(Diagnostic) -> Lookup {
    let names = OptionNames(
      command: "lookup", known: ["local", "update"], unsupported: ["event_time_field"])
    // Where the table lies and when it is read again is Splunk's own matter.
    while let option = option() {
      guard names.known.contains(option.text.lowercased()) else {
        throw refusal(of: option, names)
      }
      _ = try flag(option)
    }
    let table = try tableName(of: "lookup", example: "lookup users.csv name as user OUTPUT team")
    let matches = try lookupFields()
    guard matches.isEmpty == false else {
      throw missing(
        "field", of: "lookup", example: "lookup \(clipped(table, to: 40)) name as user")
    }
    guard let keyword = current else { return Lookup(table: table, matches: matches) }
    let overwrites = keyword.wording?.isKeyword("output") == true
    advance()
    let outputs = try lookupFields()
    guard outputs.isEmpty == false else {
      throw fails(
        ArgumentProblem.missing("field to give", command: "lookup", example: "OUTPUT team"))
    }
    try expectEnd("a field or the end of the command")
    return Lookup(table: table, matches: matches, outputs: outputs, overwrites: overwrites)
  }

  /// `a, b as c` up to `OUTPUT`, `OUTPUTNEW` or the end.
  private mutating func lookupFields() throws(Diagnostic) -> [LookupField] {
    var fields: [LookupField] = []
    while let wording = current?.wording, wording.isKeyword("output") == false,
      wording.isKeyword("outputnew") == false
    {
      let column = try field("a column of the table")
      let name = skipKeyword("as") ? try field("a name after 'as'") : column
      fields.append(LookupField(column, as: name))
      skipCommas()
    }
    return fields
  }

  private mutating func tableName(
    of command: String, example: String
  ) throws(Diagnostic) -> String {
    guard current != nil else { throw missing("table", of: command, example: example) }
    let word = try text("the name of a table")
    guard word.text.isEmpty == false, word.wording.pattern.hasWildcard == false else {
      throw word.fails(ArgumentProblem.invalidTable(word.text))
    }
    return word.text
  }

  /// `append=t start=0 max=10 table where a=1`.
  mutating func inputLookup() throws(Diagnostic) -> InputLookup {
    var table: String?
    var appends: Bool?
    var start: Int?
    var max: Int?
    let names = OptionNames(
      command: "inputlookup", known: ["append", "max", "start", "strict"])
    let example = "inputlookup users.csv where team=ops"
    while let symbol = current {
      if let option = option() {
        switch option.text.lowercased() {
        case "append": try set(&appends, option, flag(option))
        case "start": try set(&start, option, whole("start"))
        case "max": try set(&max, option, whole("max", from: 1))
        case "strict": _ = try flag(option)
        default: throw refusal(of: option, names)
        }
      } else if table != nil, symbol.wording?.isKeyword("where") == true {
        break
      } else {
        try set(&table, nil, tableName(of: "inputlookup", example: example), as: "table")
      }
    }
    guard let table else { throw missing("table", of: "inputlookup", example: example) }
    var predicate = Predicate.everything
    if skipKeyword("where") { predicate = try lookupCondition() }
    return InputLookup(
      table: table, appends: appends ?? false, start: start ?? 0, max: max, predicate: predicate)
  }

  private mutating func lookupCondition() throws(Diagnostic) -> Predicate {
    guard current != nil else { throw fails(TermProblem.missingTerm(after: "where")) }
    let predicate = try conditions()
    guard times.count == 0 else { throw times.misplaced(since: 0) }
    return predicate
  }

  /// `append=t key_field=user table`.
  mutating func outputLookup() throws(Diagnostic) -> OutputLookup {
    var table: String?
    var appends: Bool?
    var keyField: FieldName?
    var overrides: Bool?
    var max: Int?
    let names = OptionNames(
      command: "outputlookup",
      known: [
        "append", "create_empty", "createinapp", "key_field", "max", "override_if_empty",
      ],
      unsupported: ["create_context", "output_format"])
    while current != nil {
      guard let option = option() else {
        try set(
          &table, nil, tableName(of: "outputlookup", example: "outputlookup users.csv"),
          as: "table")
        continue
      }
      switch option.text.lowercased() {
      case "append": try set(&appends, option, flag(option))
      case "key_field": try set(&keyField, option, field())
      case "override_if_empty": try set(&overrides, option, flag(option))
      case "max": try set(&max, option, whole("max", from: 1))
      // A table that nobody wrote has no lines, wherever it would lie.
      case "create_empty", "createinapp": _ = try flag(option)
      default: throw refusal(of: option, names)
      }
    }
    guard let table else {
      throw missing("table", of: "outputlookup", example: "outputlookup users.csv")
    }
    return OutputLookup(
      table: table, appends: appends ?? false, keyField: keyField,
      overridesIfEmpty: overrides ?? true, max: max)
  }
}

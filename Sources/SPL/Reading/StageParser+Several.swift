import Diagnostics

/// Commands that stand for several others.
extension StageParser {
  /// `5 user`, `alias=field`, `$field`: the end of a subsearch, as the rows that it leaves.
  mutating func returned() throws(Diagnostic) -> [Command] {
    advance()
    var limit = 1
    var assignments: [Assignment] = []
    if let text = current?.wording?.bareText, Int(text) != nil { limit = try whole("return") }
    while current != nil {
      if let option = option() {
        let name = try name(of: option)
        assignments.append(Assignment(name, .field(try field())))
      } else {
        let word = try fieldText()
        // A value without its field is a term, which a field of this name holds.
        let isTerm = word.text.hasPrefix("$")
        let field = isTerm ? String(word.text.dropFirst()) : try name(of: word)
        assignments.append(Assignment(isTerm ? "search" : field, .field(field)))
      }
      skipCommas()
    }
    guard assignments.isEmpty == false else {
      throw missing("field", of: "return", example: "return 100 user")
    }
    let renamed = assignments.filter { $0.value != .field($0.field) }
    return [.head(Head(limit: limit))] + (renamed.isEmpty ? [] : [.eval(renamed)])
      + [.table(assignments.map { Pattern(literal: $0.field) })]
  }

  /// `[search a] [search b]` of `union` and `multisearch`: the rows of the first search, then those
  /// of the others under them; of searches that only look at events the newest first.
  mutating func several(_ command: String, isFirst: Bool) throws(Diagnostic) -> [Stage] {
    let start = current?.span ?? SourceSpan(0..<0)
    advance()
    var searches: [Search] = []
    while current != nil {
      if let option = option() {
        throw refusal(
          of: option,
          OptionNames(
            command: command, known: [],
            unsupported: ["maxout", "maxtime", "subsearch_maxout", "timeout"]))
      }
      searches.append(try subsearch())
      skipCommas()
    }
    guard searches.count > (isFirst ? 1 : 0) else {
      throw missing(
        "searches in brackets", of: command, example: "| \(command) [search a=1] [search b=2]")
    }
    let isOfEvents = searches.allSatisfy { search in
      search.stages.allSatisfy { $0.command.scope == .row && $0.command.isGenerating == false }
    }
    let first = isFirst ? searches.removeFirst().stages : []
    let appended = searches.map { Stage(.append($0), span: start) }
    let sort = Sort(keys: [SortKey("_time", isDescending: true)])
    return first + appended + (isFirst && isOfEvents ? [Stage(.sort(sort), span: start)] : [])
  }
}

import Events
import Foundation
import JSON
import SPL
import Streaming

/// Commands that look at one row at a time.
extension NaiveSearch {
  func row(_ row: Row, _ command: Command) throws -> [Row] {
    var result = row
    switch command {
    case .where(let condition):
      return try NaiveExpressions(self, row).truth(condition) == true ? [row] : []
    case .eval(let assignments):
      for one in assignments {
        result[one.field] = try NaiveExpressions(self, result).value(one.value).value
      }
    case .spath(let spath): try extract(spath, &result)
    case .multivalueExpand(let field, let limit):
      let values = row[field].each
      guard values.count > 1 else { return [row] }
      let kept = limit.map { $0 > 0 ? Array(values.prefix($0)) : values } ?? values
      return kept.map { value in
        var one = row
        one[field] = value
        return one
      }
    case .rename(let renamings): for one in renamings { rename(&result, one) }
    case .convert(let convert): try NaiveConversion(convert).convert(&result)
    case .table(let patterns):
      result.fields = row.fields.filter { NaiveNames.isTaken($0.key.string, by: patterns) }
    case .fields(let selection):
      result.fields = row.fields.filter { field, _ in
        let isNamed = NaiveNames.isTaken(field.string, by: selection.fields)
        return selection.keeps ? isNamed || field.string.hasPrefix("_") : !isNamed
      }
    case .regex(let regex):
      let matches = row[regex.field].each.compactMap(\.text?.string).contains {
        NaiveConditions.matches($0, regex.pattern)
      }
      return matches == regex.keepsMatches ? [row] : []
    case .rex(let rex): rewrite(&result, rex)
    case .makeMultivalue(let make):
      let parts = row[make.field].each.compactMap(\.text?.string).flatMap { cut($0, make) }
      result[make.field] = Value(parts.map(Value.string))
    case .singleValue(let field):
      if row[field].each.count > 1 { result[field] = row[field].text.map(Value.text) ?? .null }
    case .bin(let bin):
      let values = try row[bin.field].each.map { try binned($0, bin) }
      if !values.isEmpty { result[bin.name] = Value(values) }
    case .lookup(let lookup): try look(up: lookup, &result)
    case .addInfo:
      let window = settings.usesWindows ? window(of: row) : nil
      let ends = window.map { ($0.start.seconds, Optional($0.end.seconds)) } ?? (start ?? 0, end)
      result["info_min_time"] = .number(.whole(ends.0))
      result["info_max_time"] = ends.1.map { .number(.whole($0)) } ?? "+Infinity"
      result["info_search_time"] = now(row) ?? .null
    default: throw Gap(what: command.name)
    }
    return [result]
  }

  private func rename(_ row: inout Row, _ renaming: Renaming) {
    guard renaming.from.contains("*") else {
      let value = row[renaming.from]
      row[renaming.from] = .null
      row[renaming.to] = value
      return
    }
    let moved = row.fields.compactMap { name, value in
      NaiveNames.renamed(name.string, renaming.from, renaming.to).map { (name, $0, value) }
    }
    for (name, _, _) in moved { row.fields[name] = nil }
    for (_, name, value) in moved { row[name] = value }
  }

  private func extract(_ spath: Spath, _ row: inout Row) throws {
    let texts = row[spath.input ?? "_raw"].each.compactMap(\.text?.string)
    if spath.path == nil, settings.exact, texts.contains(where: { $0.count > 5000 }) {
      throw Gap(what: "a text that Splunk cuts")
    }
    let documents = texts.filter {
      $0.drop(while: \.isWhitespace).first.map("{[".contains) ?? false
    }
    .compactMap { try? JSONDocument(Array($0.utf8)) }
    if let path = spath.path {
      let found = documents.flatMap { JSONPath(path).values(in: $0.root) }
      let values = found.compactMap { $0.text.map(Value.string) }
      if !values.isEmpty { row[spath.output ?? path] = Value(values) }
      return
    }
    var leaves: [String: [Value]] = [:]
    for leaf in documents.flatMap({ JSONLeaves(of: $0.root).fields }) {
      leaves[leaf.path, default: []] += leaf.values.compactMap { $0.text.map(Value.string) }
    }
    for (path, values) in leaves where !values.isEmpty { row[path] = Value(values) }
  }

  private func rewrite(_ row: inout Row, _ rex: Rex) {
    let texts = row[rex.field].each.compactMap(\.text?.string)
    switch rex.mode {
    case .extract(let pattern, let limit):
      for (name, index) in NaiveNames.groups(of: pattern) {
        let parts = texts.flatMap { text in
          NaiveConditions.found(text, pattern).prefix(limit ?? .max).compactMap {
            NaiveConditions.group(index, of: $0, in: text)
          }
        }
        if !parts.isEmpty { row[name] = Value(parts.map(Value.string)) }
      }
    case .sed(.transliterate(let from, let to)):
      let pairs = Dictionary(zip(from, to), uniquingKeysWith: { one, _ in one })
      row[rex.field] = Value(texts.map { .string(String($0.map { pairs[$0] ?? $0 })) })
    case .sed(.substitute(let pattern, let replacement, let from, let all)):
      // The library's own notation for groups.
      let template = replacement.replacingOccurrences(of: "&", with: "$0")
        .replacingOccurrences(of: "\\\\([0-9])", with: "\\$$1", options: .regularExpression)
      row[rex.field] = Value(
        texts.map { text in
          NaiveExpressions.replaced(text, pattern, template) {
            all ? $0 >= from - 1 : $0 == from - 1
          }
        }.map(Value.string))
    }
  }

  private func cut(_ text: String, _ make: MakeMultivalue) -> [String] {
    let parts =
      switch make.cut {
      case .delimiter(let delimiter): text.components(separatedBy: delimiter)
      case .tokenizer(let pattern):
        NaiveConditions.found(text, pattern).compactMap {
          NaiveConditions.group(1, of: $0, in: text)
        }
      }
    return parts.filter { make.allowsEmpty || !$0.isEmpty }
  }

  private func binned(_ value: Value, _ bin: Bin) throws -> Value {
    guard let number = value.number?.double else { return value }
    switch bin.span {
    case .number(let width):
      let start = (number / width).rounded(.down) * width
      if bin.field == "_time" { return .number(Number(start)) }
      return .string("\(Number(start))-\(Number(start + width))")
    case .time(let count, let unit):
      let lengths: [TimeUnit: Double] = [.second: 1, .minute: 60, .hour: 3600, .day: 86400]
      guard let length = lengths[unit].map({ $0 * Double(count) }) else {
        throw Gap(what: "spans of the calendar")
      }
      return .number(Number((number.rounded(.down) / length).rounded(.down) * length))
    }
  }

  private func look(up lookup: Lookup, _ row: inout Row) throws {
    guard let table = tables[Text(lookup.table)] else { throw Gap(what: "a table that is none") }
    func cell(_ line: [Text?], _ column: String) -> Text? {
      let place = table.columns.firstIndex(of: Text(column))
      return place.flatMap { line[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }
    let lines = table.rows.filter { line in
      lookup.matches.allSatisfy { pair in
        guard let cell = cell(line, pair.column) else { return false }
        return row[pair.field].each.compactMap(\.text).contains { text in
          switch table.matches[Text(pair.column)] ?? .exact {
          case .exact:
            table.ignoresCase ? text.foldingASCIICase == cell.foldingASCIICase : text == cell
          case .wildcard:
            NaiveConditions.fits(
              text.string, Pattern(wildcards: cell.string), folding: table.ignoresCase)
          case .addresses: NaiveExpressions.isInside(cell.string, text.string) ?? false
          }
        }
      }
    }.prefix(table.maximumMatches)
    let compared = lookup.matches.map(\.column)
    let others = table.columns.map(\.string).filter { !compared.contains($0) }
    for output in lookup.outputs ?? others.map({ LookupField($0, as: $0) }) {
      if !lookup.overwrites, !row[output.field].isNull { continue }
      let found = lines.compactMap { cell($0, output.column).map(Value.text) }
      let value = lines.isEmpty ? table.fallback.map(Value.text) ?? .null : Value(found)
      if !value.isNull { row[output.field] = value }
    }
  }
}

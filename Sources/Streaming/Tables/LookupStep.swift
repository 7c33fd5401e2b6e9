import Events
import SPL

/// `lookup`, made ready over the lines that a table has.
struct LookupStep: Sendable {
  private enum Cell: Sendable {
    /// Nothing equals an empty cell.
    case none
    case exact(Text)
    case pattern(FoldedPattern)
    case addresses(AddressBlock)
  }

  private let table: LookupTable
  private let fields: [Text]
  private let outputs: [(column: Int?, field: Text)]
  private let overwrites: Bool
  /// The compared cells of each line.
  private let cells: [[Cell]]
  /// Lines by their first compared cell, where that is compared exactly.
  private let index: [Text: [Int]]?

  init(_ lookup: Lookup, _ table: LookupTable) {
    self.table = table
    fields = lookup.matches.map { Text($0.field) }
    overwrites = lookup.overwrites
    let columns = lookup.matches.map { Text($0.column) }
    outputs = LookupStep.outputs(lookup, table).map { pair in
      (table.columns.firstIndex(of: pair.column), pair.field)
    }
    let places = columns.map { table.columns.firstIndex(of: $0) }
    cells = table.rows.map { row in
      zip(columns, places).map { column, place in
        LookupStep.cell(place.flatMap { row[$0] }, table.matches[column] ?? .exact, table)
      }
    }
    index = LookupStep.index(cells)
  }

  /// The fields that a row gets: those asked for, else every column that is not compared.
  static func outputs(_ lookup: Lookup, _ table: LookupTable) -> [(column: Text, field: Text)] {
    if let outputs = lookup.outputs { return outputs.map { (Text($0.column), Text($0.field)) } }
    let compared = Set(lookup.matches.map { Text($0.column) })
    return table.columns.filter { !compared.contains($0) }.map { ($0, $0) }
  }

  private static func cell(
    _ text: Text?, _ match: LookupTable.Match, _ table: LookupTable
  ) -> Cell {
    guard let text, !text.isEmpty else { return .none }
    switch match {
    case .exact: return .exact(table.ignoresCase ? text.foldingASCIICase : text)
    case .wildcard:
      return .pattern(
        FoldedPattern(Pattern(wildcards: text.string), ignoringCase: table.ignoresCase))
    case .addresses: return AddressBlock(text.string).map(Cell.addresses) ?? .none
    }
  }

  private static func index(_ cells: [[Cell]]) -> [Text: [Int]]? {
    var index: [Text: [Int]] = [:]
    for (line, row) in cells.enumerated() {
      switch row.first {
      case .exact(let text): index[text, default: []].append(line)
      case .none?: continue
      default: return nil
      }
    }
    return index
  }

  func applied(to row: any FieldSource) -> any FieldSource {
    let values = fields.map { row.value(of: $0).each.compactMap(\.text) }
    let lines = values.contains(where: \.isEmpty) ? [] : lines(of: values)
    return outputs.reduce(row) { result, output in
      if !overwrites, !row.value(of: output.field).isNull { return result }
      let found = lines.compactMap { line in
        output.column.flatMap { table.rows[line][$0] }.flatMap { $0.isEmpty ? nil : Value.text($0) }
      }
      let value = lines.isEmpty ? table.fallback.map(Value.text) ?? .null : Value(found)
      return value.isNull ? result : AssignedField(output.field, value, above: result)
    }
  }

  /// The lines all of whose compared cells fit, in the table's order.
  private func lines(of values: [[Text]]) -> [Int] {
    let values = table.ignoresCase ? values.map { $0.map(\.foldingASCIICase) } : values
    let candidates = index.map { index in
      Array(Set(values[0].flatMap { index[$0] ?? [] })).sorted()
    }
    var found: [Int] = []
    for line in candidates ?? Array(cells.indices) {
      let fits = zip(cells[line], values).allSatisfy { cell, values in
        values.contains { LookupStep.fits(cell, $0) }
      }
      if fits { found.append(line) }
      if found.count == table.maximumMatches { break }
    }
    return found
  }

  private static func fits(_ cell: Cell, _ value: Text) -> Bool {
    switch cell {
    case .none: false
    case .exact(let text): text == value
    case .pattern(let pattern): pattern.matches(value)
    case .addresses(let block): block.contains(value.string)
    }
  }
}

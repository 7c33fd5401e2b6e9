package import Events

/// The lines of a lookup table, and how they are compared.
package struct LookupTable: Equatable, Sendable {
  /// How a column's cells are compared with a field.
  package enum Match: Equatable, Sendable {
    case exact
    /// `*` in a cell stands for any text.
    case wildcard
    /// A cell is a block of addresses, `10.0.0.0/8`.
    case addresses
  }

  package var columns: [Text]
  /// Each as long as `columns`; an empty cell is null.
  package var rows: [[Text?]]
  /// Columns that are not compared exactly.
  package var matches: [Text: Match]
  package var ignoresCase: Bool
  /// How many lines count for one row.
  package var maximumMatches: Int
  /// What every column gives where no line fits.
  package var fallback: Text?

  package init(
    columns: [Text], rows: [[Text?]] = [], matches: [Text: Match] = [:], ignoresCase: Bool = false,
    maximumMatches: Int = 1000, fallback: Text? = nil
  ) {
    self.columns = columns
    self.rows = rows
    self.matches = matches
    self.ignoresCase = ignoresCase
    self.maximumMatches = maximumMatches
    self.fallback = fallback
  }

  /// The lines as rows of a search.
  var table: RowTable {
    RowTable(
      columns: columns,
      rows: rows.map { cells in
        var row = TableRow()
        for (column, cell) in zip(columns, cells) {
          if let cell, !cell.isEmpty { row.fields[column] = .text(cell) }
        }
        return row
      })
  }
}

/// Where a plan finds lookup tables by name, and writes them.
package protocol LookupTables: Sendable {
  /// Nil where there is none of that name, which is without `.csv`.
  func table(named name: Text) -> LookupTable?
  /// Names of tables that change while logs are followed, because rules write them: they are read
  /// when a window is evaluated, and may not be there yet.
  var writtenTables: Set<String> { get }
  /// Where the user puts tables, in words or as a path.
  var place: String { get }
  /// Replaces or makes a table; `outputlookup` does, at the end of a run.
  func write(_ table: LookupTable, named name: Text)
}

extension LookupTables {
  package var writtenTables: Set<String> { [] }
  package var place: String { "the lookups folder" }
}

/// No tables at all.
package struct NoLookupTables: LookupTables {
  package init() {}
  package func table(named name: Text) -> LookupTable? { nil }
  package func write(_ table: LookupTable, named name: Text) {}
}

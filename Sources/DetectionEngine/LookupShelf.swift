import Detections
import Events
import Findings
import Streaming

/// The user's lookup tables, as searches read them.
struct LookupShelf: LookupTables {
  let writtenTables: Set<String>
  let place: String
  private let tables: UserTables

  init(_ tables: UserTables) {
    self.tables = tables
    writtenTables = tables.written
    place = tables.folder
  }

  func table(named name: Text) -> LookupTable? {
    tables.tables[name.string].map(LookupTable.init)
  }

  /// A run that is no rule's leaves the tables as they are.
  func write(_ table: LookupTable, named name: Text) {}
}

/// Lookup tables at some moment: as rules have left them, else as the user's files are.
struct LookupsAtTime: LookupTables {
  private let shelf: LookupShelf
  private let written: [Text: LookupTable]

  /// Reads the tables of some names, as they are before a window or now, from `version`.
  init(
    _ tables: UserTables, names: Set<String>, before window: Window?,
    version: (String, Window?) throws -> [UInt8]?
  ) throws {
    shelf = LookupShelf(tables)
    var written: [Text: LookupTable] = [:]
    for name in names {
      guard let bytes = try version(name, window) else { continue }
      do throws(StreamingProblem) {
        written[Text(name)] = try LookupTable(decoding: bytes)
      } catch {
        throw EngineProblem.lookupTable(name, error)
      }
    }
    self.written = written
  }

  /// The tables that a rule reads or writes, as they are before a window.
  init(of rule: EngineRule, before window: Window, _ ledger: any Ledger) throws {
    try self.init(
      rule.rule.tables, names: rule.plan.tablesRead.union(rule.plan.tablesWritten),
      before: window, version: ledger.lookupTable)
  }

  var writtenTables: Set<String> { shelf.writtenTables }
  var place: String { shelf.place }

  func table(named name: Text) -> LookupTable? { written[name] ?? shelf.table(named: name) }

  /// The engine keeps what a window's table says is written.
  func write(_ table: LookupTable, named name: Text) {}
}

extension LookupTable {
  fileprivate init(_ file: CSVTable) {
    self.init(
      columns: file.columns.map { Text($0) }, rows: file.rows.map { $0.map { Text($0) } })
  }
}

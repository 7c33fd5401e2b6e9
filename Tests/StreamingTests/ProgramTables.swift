import Events
import Streaming
import Synchronization

/// The lookup tables of a program: CSV without quotes, the header first.
///
/// `--- lookup name wildcard:col cidr:col nocase max:1 default:x` says how lines are compared.
final class ProgramTables: LookupTables {
  private let tables: Mutex<[Text: LookupTable]>

  init(_ sections: [String: [String]]) {
    var tables: [Text: LookupTable] = [:]
    for (title, lines) in sections where title.hasPrefix("lookup ") {
      let words = title.split(separator: " ").dropFirst().map(String.init)
      var table = LookupTable(columns: ProgramTables.cells(lines[0]).map { Text($0 ?? "") })
      table.rows = lines.dropFirst().map { ProgramTables.cells($0).map { $0.map { Text($0) } } }
      for word in words.dropFirst() {
        let parts = word.split(separator: ":").map(String.init)
        switch parts[0] {
        case "wildcard": table.matches[Text(parts[1])] = .wildcard
        case "cidr": table.matches[Text(parts[1])] = .addresses
        case "nocase": table.ignoresCase = true
        case "max": table.maximumMatches = Int(parts[1]) ?? 1
        default: table.fallback = Text(parts[1])
        }
      }
      tables[Text(words[0])] = table
    }
    self.tables = Mutex(tables)
  }

  init(_ tables: [Text: LookupTable]) { self.tables = Mutex(tables) }

  /// Every table as it is now.
  var lines: [Text: LookupTable] { tables.withLock { $0 } }

  private static func cells(_ line: String) -> [String?] {
    line.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.isEmpty ? nil : String($0)
    }
  }

  func table(named name: Text) -> LookupTable? { tables.withLock { $0[name] } }

  func write(_ table: LookupTable, named name: Text) { tables.withLock { $0[name] = table } }
}

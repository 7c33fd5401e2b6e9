internal import Events
internal import Findings
internal import GRDB

/// Deletes rows with everything that is theirs alone, and takes them out of what is counted.
struct RowDeletion {
  private let risk: RiskWriter
  private let find: RawStatement
  private let drops: [RawStatement]

  init(_ database: Database, _ terms: Terms, _ cache: inout TermCache) throws {
    risk = try RiskWriter(database, terms, &cache)
    find = try RawStatement(database, "SELECT pk, window FROM rows WHERE id = ?")
    drops = try [
      "DELETE FROM bodies WHERE row = ?", "DELETE FROM rows WHERE pk = ?",
    ].map { try RawStatement(database, $0) }
  }

  /// Deletes a row that no longer qualifies, if it is there, and adds its window to `windows`.
  func withdraw(
    _ id: RowID, _ tallies: inout Tallies, _ windows: inout Set<Window>
  ) throws {
    find.bind(id: id.digits, at: 1)
    let found = try find.first { ($0.number(0), $0.number(1)) }
    guard let (number, window) = found else { return }
    windows.insert(Window(start: Timestamp(seconds: window)))
    try delete(number, &tallies)
  }

  func delete(_ row: Int64, _ tallies: inout Tallies) throws {
    if let facts = try tallies.read.facts(of: row) {
      let touched = try tallies.touch(facts, isNewFinding: false)
      tallies.remove(facts, touched)
    }
    try risk.delete(of: row, &tallies)
    for drop in drops {
      drop.bind(row, at: 1)
      try drop.run()
    }
  }
}

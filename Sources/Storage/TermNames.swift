internal import Events
internal import GRDB

/// The texts behind the numbers of a few lines, read in one go.
struct TermNames {
  private let texts: [Int64: String]

  init(_ database: Database, _ numbers: some Sequence<Int64>) throws {
    let list = Set(numbers).map(String.init).joined(separator: ",")
    let find = try database.cachedStatement(
      sql: "SELECT id, text FROM terms WHERE id IN (SELECT value FROM json_each(?))")
    var texts: [Int64: String] = [:]
    let rows = try Row.fetchCursor(find, arguments: ["[\(list)]"])
    while let row = try rows.next() { texts[row[0]] = StoredText.decode(row[1]) }
    self.texts = texts
  }

  subscript(number: Int64?) -> String? { number.flatMap { texts[$0] } }
}

import SPL

/// The lookup tables that searches may name: CSV files of the user's, and what rules write.
package struct UserTables: Equatable, Sendable {
  package static let none = UserTables(folder: "the lookups folder", files: [])

  /// Where the user puts tables.
  package let folder: String
  /// By the file's name without `.csv`.
  package private(set) var tables: [String: CSVTable] = [:]
  /// Names of tables that some loaded rule writes.
  package internal(set) var written: Set<String> = []

  /// Of files of one name the last counts.
  package init(folder: String, files: [TextFile]) {
    self.folder = folder
    for file in files { tables[file.name.lookupName] = CSVTable(file.text) }
  }
}

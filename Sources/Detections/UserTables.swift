import Diagnostics
import SPL

/// The CSV files of the user's: lookup tables that searches may name, and those that say something
/// of the place (owners, known scanners, who publishes images, when people work).
package struct UserTables: Equatable, Sendable {
  package static let none = UserTables(folder: "the lookups folder", files: [])

  /// Where the user puts tables.
  package let folder: String
  /// By the file's name without `.csv`.
  package private(set) var tables: [String: CSVTable] = [:]
  /// Names of tables that some loaded rule writes.
  package internal(set) var written: Set<String> = []

  /// Of `owners.csv`.
  package private(set) var owners = Owners()
  /// Of `known_scanners.csv`.
  package private(set) var scanners = KnownScanners()
  /// How the clocks of `business_hours.csv`'s zone go, in order; none is UTC.
  package private(set) var zone: [ZoneChange] = []
  /// Macros that files stand for; the user's own macros stand over them.
  private(set) var macros: [Macro] = []
  /// What is wrong with the files.
  package private(set) var problems: [RuleProblem] = []

  /// Of files of one name the last counts; `zone` answers how the clocks of an IANA zone go, nil
  /// where there is no such zone.
  package init(folder: String, files: [TextFile], zone: (String) -> [ZoneChange]? = { _ in nil }) {
    self.folder = folder
    var byName: [String: TextFile] = [:]
    for file in files { byName[file.name.lookupName] = file }
    tables = byName.mapValues { CSVTable($0.text) }
    read(byName["owners"], Owners.columns) { $0.owners = Owners($1) }
    read(byName["known_scanners"], KnownScanners.columns) { $0.scanners = KnownScanners($1) }
    read(byName["aws_ecr_users"], ["userName"]) { $0.takePublishers($1) }
    let hoursFile = byName["business_hours"]
    read(hoursFile, BusinessHours.columns) { tables, table in
      tables.take(BusinessHours(table), of: hoursFile, zone)
    }
  }

  private mutating func read(
    _ file: TextFile?, _ columns: [String], take: (inout UserTables, CSVTable) -> Void
  ) {
    guard let file, let table = tables[file.name.lookupName] else { return }
    let missing = columns.filter { !table.columns.contains($0) }
    guard missing.isEmpty else {
      report(
        "missing-column", file,
        "there is no column \(missing.map { "'\($0)'" }.joined(separator: ", ")), expected the "
          + "first line \(columns.joined(separator: ","))")
      return
    }
    take(&self, table)
  }

  /// Who publishes images is asked for by a macro, as ESCU does.
  private mutating func takePublishers(_ table: CSVTable) {
    let users = table.records.compactMap { $0["userName"] }.filter { !$0.isEmpty }
    guard !users.isEmpty else { return }
    let quoted = users.map {
      "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    macros.append(
      Macro(name: "aws_ecr_users", definition: "userName IN (\(quoted.joined(separator: ", ")))"))
  }

  private mutating func take(
    _ hours: BusinessHours, of file: TextFile?, _ zone: (String) -> [ZoneChange]?
  ) {
    guard let file else { return }
    for problem in hours.problems { report("wrong-hours", file, problem) }
    guard !hours.parts.isEmpty else { return }
    if hours.zone != "UTC" {
      guard let changes = zone(hours.zone) else {
        report(
          "unknown-zone", file,
          "there is no zone '\(hours.zone)', expected an IANA name such as Europe/Berlin")
        return
      }
      self.zone = changes
    }
    macros.append(Macro(name: "aws_ecr_outside_business_hours", definition: hours.outside))
  }

  private mutating func report(_ code: String, _ file: TextFile, _ message: String) {
    problems.append(
      RuleProblem(
        Diagnostic(code: code, message: message, span: nil),
        in: SourceText(name: file.path, text: file.text)))
  }
}

import ArgumentParser
import Events
import Export
import Foundation
import Storage

/// `watchfloor state show`.
struct ShowState: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print what a state holds, how large it is and how far back it goes.",
    discussion: """
        watchfloor state
        watchfloor state show --format json | jq '.[] | select(.fact == "rows")'
      """)

  @OptionGroup var state: StateArgument

  @Option(help: "table (the default on a terminal), ndjson (the default elsewhere), json, csv.")
  var format: TableFormat?

  @OptionGroup var arguments: PathArguments

  func run() throws {
    let directory = try state.directory(of: arguments.paths)
    let store = try Store.open(directory: directory, mode: .viewer)
    let table = Table(
      columns: ["fact", "value"].map { Text($0) },
      rows: try facts(store).map { [.string($0), $1] })
    let format = format ?? (StandardOutput.isTerminal ? .table : .ndjson)
    StandardOutput.write(format.text(of: [SearchResult(searchName: "state", table: table)]))
  }

  private func facts(_ store: Store) throws -> [(String, Value)] {
    let facts = try store.facts()
    var rows: [(String, Value)] = [
      ("directory", .string(store.directory)),
      ("roots", Value(store.roots.map(Value.string))),
      ("written by", .string(writer(store.access))),
      ("size", .string(megabytes(facts.bytes))),
      ("free in it", .string(megabytes(facts.freeBytes))),
    ]
    let counts: [(String, Int)] = [
      ("files", facts.files), ("findings", facts.findings), ("rows", facts.rows),
      ("risk events", facts.riskEvents), ("records kept", facts.records),
      ("dead letters", facts.deadLetters), ("findings triaged", facts.triaged),
      ("suppressions", facts.suppressions),
    ]
    rows += counts.map { ($0, .number(.whole(Int64($1)))) }
    rows.append(("oldest window", window(facts.oldestWindow)))
    rows.append(("newest window", window(facts.newestWindow)))
    rows.append(("kept for", .string("\(Store.retention / 86_400) days after the last change")))
    return rows
  }

  private func writer(_ access: Store.Access) -> String {
    guard case .viewer(let pid) = access, pid != 0 else { return "nobody now" }
    return "process \(pid)"
  }

  /// Digits of a MiB, or of a KiB where it is less.
  private func megabytes(_ bytes: Int64) -> String {
    bytes < 1 << 20 ? "\(bytes >> 10) KiB" : "\(bytes >> 20) MiB"
  }

  private func window(_ window: Window?) -> Value {
    window.map { .string("\($0.start.date) \($0.start.timeOfDay)Z") } ?? .null
  }
}

/// `watchfloor state vacuum`.
struct VacuumState: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vacuum",
    abstract: "Give the free space of a state back to the disk.",
    discussion: """
      Takes as much room again while it runs. Nobody may be following at the same time.

        watchfloor state vacuum /var/log/cloudtrail
      """)

  @OptionGroup var state: StateArgument
  @OptionGroup var arguments: PathArguments

  func run() throws {
    let store = try state.writable(of: arguments.paths)
    let before = try store.facts().bytes
    try store.vacuum()
    let after = try store.facts().bytes
    StandardOutput.write("\(before >> 10) KiB before, \(after >> 10) KiB after\n")
  }
}

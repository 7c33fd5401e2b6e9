import ArgumentParser
import Events
import Export

/// The form of what a command prints.
struct OutputOptions: ParsableArguments {
  @Option(help: "table (the default on a terminal), ndjson (the default elsewhere), json, csv.")
  var format: TableFormat?

  var chosen: TableFormat { format ?? (StandardOutput.isTerminal ? .table : .ndjson) }

  func write(_ table: Table, name: String = "") {
    StandardOutput.write(chosen.text(of: [SearchResult(searchName: name, table: table)]))
  }
}

extension Value {
  /// A number that a command counted.
  static func count(_ number: Int) -> Value { .number(.whole(Int64(number))) }

  /// Null where there is no text.
  init(_ text: String?) { self = text.map { .string($0) } ?? .null }

  /// Several values of text.
  init(texts: [String]) { self.init(texts.map { .string($0) }) }
}

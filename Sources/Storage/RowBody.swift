internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// What of a row is read one row at a time: key, columns' values, sample and marks.
///
/// Names of columns and sample fields are the row's shape, stored once for all rows of a rule:
/// how many columns, the columns in their order, the sample's names sorted.
enum RowBody {
  static func shape(of row: ResultRow) -> [Text] {
    [Text(String(row.columns.count))] + row.columns + sampleNames(of: row)
  }

  static func encode(_ row: ResultRow) -> Data {
    var blob = BlobWriter()
    blob.bytes(row.key)
    for value in row.values { blob.value(value) }
    for name in sampleNames(of: row) { blob.value(row.sample[name] ?? .null) }
    blob.texts(row.marks)
    return blob.data
  }

  /// The parts of a body; `names` is the row's shape.
  static func decode(_ body: Data, names: [Text]) throws -> Parts {
    guard let first = names.first, let columns = Int(first.string), columns < names.count else {
      throw BlobReader.damage("shape")
    }
    var reader = try BlobReader(body)
    var parts = Parts(key: try reader.byteString())
    parts.columns = Array(names.dropFirst().prefix(columns))
    for _ in 0..<columns { parts.values.append(try reader.value()) }
    for name in names[(columns + 1)...] { parts.sample[name] = try reader.value() }
    parts.marks = try reader.texts()
    return parts
  }

  struct Parts {
    var key: [UInt8]
    var columns: [Text] = []
    var values: [Value] = []
    var sample: [Text: Value] = [:]
    var marks: [String] = []
  }

  /// What the filter's `description` reads.
  static func description(of row: ResultRow) -> Text? {
    value(of: "finding_description", in: row) ?? value(of: "description", in: row)
  }

  /// User agents, several joined by line feeds.
  static func agent(of row: ResultRow) -> Text? { value(of: "user_agent", in: row) }

  private static func value(of name: Text, in row: ResultRow) -> Text? {
    if let index = row.columns.firstIndex(of: name), index < row.values.count,
      let text = row.values[index].text
    {
      return text
    }
    return row.sample[name]?.text
  }

  private static func sampleNames(of row: ResultRow) -> [Text] {
    row.sample.keys.sorted()
  }
}

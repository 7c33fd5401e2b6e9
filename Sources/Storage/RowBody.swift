internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// What of a row is read one row at a time: key, columns' values, sample and marks.
///
/// Names of columns and sample fields are the row's shape, stored once for all rows of a rule:
/// how many columns, the columns in their order, the sample's names sorted. Long texts are numbers
/// of terms, and a key that spells the first values is no more than their count.
enum RowBody {
  static func shape(of row: ResultRow, sample names: [Text]) -> [Text] {
    [Text(String(row.columns.count))] + row.columns + names
  }

  static func encode(
    _ row: ResultRow, sample names: [Text], _ terms: Terms, _ cache: inout TermCache
  ) throws -> [UInt8] {
    var blob = BlobWriter(version: BlobWriter.foldedVersion)
    blob.reserve(320)
    if let count = valuesInKey(of: row) {
      blob.count(count + 1)
    } else {
      blob.count(0)
      blob.bytes(row.key)
    }
    for value in row.values {
      try blob.value(value) { try FoldedTexts.number($0, terms, &cache) }
    }
    for name in names {
      try blob.value(row.sample[name] ?? .null) { try FoldedTexts.number($0, terms, &cache) }
    }
    blob.texts(row.marks)
    return blob.bytes
  }

  /// How many of the first values the key consists of, each as a blob writes it; nil for another
  /// key.
  private static func valuesInKey(of row: ResultRow) -> Int? {
    var place = 0
    for (index, value) in row.values.enumerated() {
      if place == row.key.count { return index }
      guard case .text(let text) = value else { return nil }
      let isNext = text.withBytes { bytes in
        let length = [UInt8](varying: bytes.count)
        let start = place + 1 + length.count
        guard start + bytes.count <= row.key.count, row.key[place] == 1 else { return false }
        guard row.key[(place + 1)..<start].elementsEqual(length) else { return false }
        place = start + bytes.count
        return row.key[start..<place].elementsEqual(bytes)
      }
      guard isNext else { return nil }
    }
    return place == row.key.count ? row.values.count : nil
  }

  /// The numbers of terms in a body.
  static func terms(in body: Data, names: [Text]) throws -> [Int64] {
    var reader = try BlobReader(body)
    guard reader.version == BlobWriter.foldedVersion else { return [] }
    if try reader.number() == 0 { _ = try reader.byteString() }
    for _ in names.dropFirst() { _ = try reader.value() }
    return reader.missing
  }

  /// The parts of a body; `names` is the row's shape, `terms` what its numbers stand for.
  static func decode(_ body: Data, names: [Text], _ terms: TermNames) throws -> Parts {
    guard let first = names.first, let columns = Int(first.string), columns < names.count else {
      throw BlobReader.damage("shape")
    }
    var reader = try BlobReader(body, names: terms)
    var valuesInKey = 0
    var parts = Parts()
    if reader.version == BlobWriter.foldedVersion {
      valuesInKey = Int(clamping: try reader.number())
    }
    if valuesInKey == 0 { parts.key = try reader.byteString() }
    parts.columns = Array(names.dropFirst().prefix(columns))
    for _ in 0..<columns { parts.values.append(try reader.value()) }
    for name in names[(columns + 1)...] { parts.sample[name] = try reader.value() }
    parts.marks = try reader.texts()
    if valuesInKey > 0 {
      var key = BlobWriter()
      for value in parts.values.prefix(valuesInKey - 1) { key.value(value) }
      parts.key = Array(key.bytes.dropFirst())
    }
    return parts
  }

  struct Parts {
    var key: [UInt8] = []
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
}

extension [UInt8] {
  /// A count in LEB128.
  fileprivate init(varying count: Int) {
    self = []
    append(varying: UInt64(count))
  }
}

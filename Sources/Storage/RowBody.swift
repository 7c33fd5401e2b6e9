internal import Events
internal import Findings
internal import Foundation
internal import GRDB
internal import Glibc

/// What of a row is read one row at a time: key, columns' values, sample and marks.
///
/// Names of columns and sample fields are the row's shape, stored once for all rows of a rule:
/// how many columns, the columns in their order, the sample's names sorted. Long texts are numbers
/// of terms, and a key that spells the first values is no more than their count.
enum RowBody {
  static func shape(of row: ResultRow, sample names: [Text]) -> [Text] {
    [Text(String(row.columns.count))] + row.columns + names
  }

  /// Nil where the row's sample has other fields.
  static func encode(
    _ row: ResultRow, sample names: FieldNames, _ terms: Terms, _ cache: inout TermCache
  ) throws -> [UInt8]? {
    var blob = BlobWriter(version: BlobWriter.foldedVersion, capacity: 512)
    if let count = valuesInKey(of: row) {
      blob.count(count + 1)
    } else {
      blob.count(0)
      blob.bytes(row.key)
    }
    for value in row.values {
      try blob.value(value, least: FoldedTexts.least) { try terms.number($0, &cache) }
    }
    let isFit = try names.each(of: row.sample) { _, value in
      try blob.value(value, least: FoldedTexts.least) { try terms.number($0, &cache) }
    }
    guard isFit else { return nil }
    blob.texts(row.marks)
    return blob.bytes
  }

  /// How many of the first values the key consists of, each as a blob writes it; nil for another
  /// key.
  private static func valuesInKey(of row: ResultRow) -> Int? {
    row.key.withUnsafeBytes { key in
      var place = 0
      for (index, value) in row.values.enumerated() {
        if place == key.count { return index }
        guard case .text(let text) = value, key[place] == 1,
          let next = text.withBytes({ end(of: $0, in: key, at: place + 1) })
        else { return nil }
        place = next
      }
      return place == key.count ? row.values.count : nil
    }
  }

  /// Where a text ends that stands in a key with its length before; nil where it does not.
  private static func end(
    of text: UnsafeRawBufferPointer, in key: UnsafeRawBufferPointer, at place: Int
  ) -> Int? {
    var place = place
    var length = text.count
    while true {
      let isLast = length < 0x80
      guard place < key.count, key[place] == UInt8(length & 0x7f) | (isLast ? 0 : 0x80) else {
        return nil
      }
      place += 1
      length >>= 7
      if isLast { break }
    }
    guard text.count <= key.count - place else { return nil }
    guard let start = text.baseAddress, let other = key.baseAddress, text.count > 0 else {
      return place
    }
    return memcmp(start, other + place, text.count) == 0 ? place + text.count : nil
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

  /// What the filter's `description` reads, and the user agents, several joined by line feeds.
  static func texts(
    of row: ResultRow, _ shape: RowShape
  ) -> (description: Text?, agent: Text?) {
    func text(_ column: Int?) -> Text? {
      column.flatMap { row.values.indices.contains($0) ? row.values[$0].text : nil }
    }
    return (text(shape.description) ?? description(of: row), text(shape.agent) ?? agent(of: row))
  }

  static func description(of row: ResultRow) -> Text? {
    value(of: "finding_description", in: row) ?? value(of: "description", in: row)
  }

  private static func agent(of row: ResultRow) -> Text? { value(of: "user_agent", in: row) }

  private static func value(of name: Text, in row: ResultRow) -> Text? {
    if let index = row.columns.firstIndex(of: name), index < row.values.count,
      let text = row.values[index].text
    {
      return text
    }
    return row.sample[name]?.text
  }
}

import Events

extension LookupTable {
  private static let formatVersion: UInt8 = 1

  /// The columns and the lines as bytes; how cells are compared is not among them, since tables
  /// that searches write are compared exactly.
  package func encode() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(Self.formatVersion)
    writer.write(count: columns.count)
    for column in columns { writer.write(column) }
    writer.write(count: rows.count)
    for row in rows {
      for cell in row { writer.write(cell.map(Value.text) ?? .null) }
    }
    return writer.bytes
  }

  package init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    var reader = ByteReader(bytes)
    let version = try reader.byte()
    guard version == Self.formatVersion else { throw .unknownVersion(version) }
    var columns: [Text] = []
    for _ in 0..<(try reader.count()) { columns.append(try reader.text()) }
    let lines = try reader.small()
    guard !columns.isEmpty || lines == 0 else { throw .damaged }
    self.init(columns: columns)
    for _ in 0..<lines {
      var cells: [Text?] = []
      for _ in columns { cells.append(try reader.value().text) }
      rows.append(cells)
    }
  }
}

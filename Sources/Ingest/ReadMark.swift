/// How far a file has been read, and by what it is recognised: the content of a checkpoint.
struct ReadMark: Equatable, Sendable {
  /// The first bytes of the file that are hashed.
  static let headLimit: Int64 = 1 << 10
  /// The bytes before the offset that are hashed.
  static let blockLimit: Int64 = 4 << 10

  var id: FileID
  /// Counts how often the file at this path turned out to be another one.
  var generation: UInt64 = 0
  /// Everything before it is settled; for gzip 0 or the whole compressed size.
  var offset: Int64 = 0
  var place = LinePlace.start
  /// Known once something was read.
  var kind = TextKind.undecided
  var isGzip = false
  /// Whether what was read was read under the name of a job's file.
  var isOfJob = false
  var records: Int64 = 0
  /// Size and time of a document that was read whole.
  var size: Int64 = 0
  var modified: Int64 = 0
  /// Whether the sink was told that the file is gone.
  var isGone = false
  /// The SHA-256 of a document that was read whole; empty for lines.
  var content: [UInt8] = []
  var headHash: UInt64 = 0
  var blockHash: UInt64 = 0

  init(id: FileID) { self.id = id }

  /// How the file's text is read, in a word; empty where that is not known yet.
  var format: String {
    if isGzip { return "gzip" }
    switch kind {
    case .lines: return "lines"
    case .document: return "document"
    case .undecided: return ""
    }
  }

  /// What to begin the file afresh with.
  var begunAnew: ReadMark {
    var mark = ReadMark(id: id)
    mark.generation = generation + 1
    return mark
  }

  /// Whether it was made before the other mark of the same file, as far as can be told.
  func isBehind(_ other: ReadMark) -> Bool {
    (generation, offset) < (other.generation, other.offset)
  }

  /// The same file's place after more was read, with the hashes of what is there now.
  mutating func advance(to offset: Int64, of file: any OpenFile) throws(IngestProblem) {
    (headHash, blockHash) = try Self.hashes(of: file, before: offset)
    self.offset = offset
  }

  /// Whether what was read is still there, byte by byte as far as the hashes tell.
  func isStillTrue(of file: any OpenFile, size: Int64) throws(IngestProblem) -> Bool {
    guard offset > 0 else { return true }
    guard size >= offset else { return false }
    return try (headHash, blockHash) == Self.hashes(of: file, before: offset)
  }

  /// Whether everything that the file holds of a gzip or document may still be what was read, and
  /// what is before the offset is, byte by byte as far as the hashes tell.
  func isStillTrue(of file: any OpenFile, facts: FileFacts) throws(IngestProblem) -> Bool {
    if isGzip && offset > 0 && (size != facts.size || modified != facts.modified) { return false }
    return try isStillTrue(of: file, size: facts.size)
  }

  /// Takes over how far a log was read that this file is a copy of; false where it is none.
  mutating func adopt(
    _ prefix: KnownContents.Prefix, of file: any OpenFile, size: Int64
  ) throws(IngestProblem) -> Bool {
    guard size >= prefix.offset,
      try (prefix.headHash, prefix.blockHash) == Self.hashes(of: file, before: prefix.offset)
    else { return false }
    (offset, place, kind) = (prefix.offset, prefix.place, .lines)
    (headHash, blockHash) = (prefix.headHash, prefix.blockHash)
    return true
  }

  private static func hashes(
    of file: any OpenFile, before offset: Int64
  ) throws(IngestProblem)
    -> (UInt64, UInt64)
  {
    let head = try file.bytes(at: 0, count: Int(min(offset, headLimit)))
    let length = min(offset, blockLimit)
    let block = try file.bytes(at: offset - length, count: Int(length))
    return (ContentHash.of(head), ContentHash.of(block))
  }
}

extension ReadMark {
  private static let format: UInt64 = 2
  private static let fieldCount = 13

  /// The bytes for the store: a format number and the fields, each 8 bytes, little end first, then
  /// the SHA-256 of a document.
  var encoded: [UInt8] {
    var fields: [UInt64] = [Self.format, id.device, id.inode, generation]
    fields.append(UInt64(bitPattern: offset))
    fields.append(UInt64(place.rawValue))
    fields.append(UInt64(kind.rawValue))
    fields.append((isGzip ? 1 : 0) | (isGone ? 2 : 0) | (isOfJob ? 4 : 0))
    fields += [records, size, modified].map { UInt64(bitPattern: $0) }
    fields += [headHash, blockHash]
    var bytes: [UInt8] = []
    for field in fields { withUnsafeBytes(of: field.littleEndian) { bytes += $0 } }
    return bytes + content
  }

  /// What `encoded` gave, or an earlier version without SHA-256; nil for bytes of another format.
  init?(encoded: [UInt8]) {
    let length = Self.fieldCount * 8
    guard encoded.count == length || encoded.count == length + 32 else { return nil }
    let fields = encoded.withUnsafeBytes { bytes in
      (0..<Self.fieldCount).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
      }
    }
    guard (1...Self.format).contains(fields[0]),
      let place = LinePlace(rawValue: UInt8(clamping: fields[5])),
      let kind = TextKind(rawValue: UInt8(clamping: fields[6]))
    else { return nil }
    content = Array(encoded.dropFirst(length))
    id = FileID(device: fields[1], inode: fields[2])
    generation = fields[3]
    offset = Int64(bitPattern: fields[4])
    self.place = place
    self.kind = kind
    isGzip = fields[7] & 1 != 0
    isGone = fields[7] & 2 != 0
    isOfJob = fields[7] & 4 != 0
    records = Int64(bitPattern: fields[8])
    size = Int64(bitPattern: fields[9])
    modified = Int64(bitPattern: fields[10])
    headHash = fields[11]
    blockHash = fields[12]
    guard offset >= 0 else { return nil }
  }
}

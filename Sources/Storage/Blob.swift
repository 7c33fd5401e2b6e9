internal import Events
internal import Foundation

/// Writes the store's blobs: a format version, then fields without names in an agreed order.
///
/// Integers are LEB128; signed ones zigzag first. Texts and byte strings carry their length. A
/// value is a tag and its content: 0 null, 1 text, 2 whole number, 3 real number (8 bytes, low
/// byte first), 4 many (count, then values); in version 2 also 5 text that is a term (its number)
/// and 6 what can be told from elsewhere.
struct BlobWriter {
  static let version: UInt8 = 1
  /// Of blobs in which texts may be numbers of terms.
  static let foldedVersion: UInt8 = 2

  private(set) var bytes: [UInt8]

  init(version: UInt8 = BlobWriter.version) { bytes = [version] }

  var data: Data { Data(bytes) }

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  mutating func number(_ number: UInt64) { bytes.append(varying: number) }

  /// What the reader can tell from elsewhere.
  mutating func told() { bytes.append(6) }

  /// A value whose long texts become numbers by `fold`.
  mutating func value(
    _ value: Value, fold: (Text) throws -> Int64?
  ) throws {
    switch value {
    case .text(let content):
      guard let number = try fold(content) else { return self.value(value) }
      bytes.append(5)
      self.number(UInt64(bitPattern: number))
    case .many(let values):
      bytes.append(4)
      count(values.count)
      for one in values { try self.value(one, fold: fold) }
    default: self.value(value)
    }
  }

  mutating func count(_ count: Int) { number(UInt64(count)) }

  mutating func bytes(_ content: [UInt8]) {
    count(content.count)
    bytes.append(contentsOf: content)
  }

  mutating func text(_ string: String) {
    var string = string
    string.withUTF8 { content in
      count(content.count)
      bytes.append(contentsOf: content)
    }
  }

  mutating func texts(_ strings: [String]) {
    count(strings.count)
    for string in strings { text(string) }
  }

  mutating func value(_ value: Value) {
    switch value {
    case .null: bytes.append(0)
    case .text(let content):
      bytes.append(1)
      text(content.string)
    case .number(.whole(let whole)):
      bytes.append(2)
      number(UInt64(bitPattern: (whole << 1) ^ (whole >> 63)))
    case .number(.real(let real)):
      bytes.append(3)
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: real.bitPattern >> UInt64(shift)))
      }
    case .many(let values):
      bytes.append(4)
      count(values.count)
      for one in values { self.value(one) }
    }
  }
}

/// Reads what `BlobWriter` wrote; anything else is a fact, never a trap.
struct BlobReader {
  private let bytes: [UInt8]
  private var position = 1
  let version: UInt8
  /// Answers the text of a term; those that are asked for where there is none are `missing`.
  private let names: TermNames?
  private(set) var missing: [Int64] = []

  init(_ data: Data, names: TermNames? = nil) throws {
    bytes = [UInt8](data)
    self.names = names
    version = bytes.first ?? 0
    guard (BlobWriter.version...BlobWriter.foldedVersion).contains(version) else {
      throw BlobReader.damage("format version")
    }
  }

  /// Whether what comes next can be told from elsewhere; goes past the tag that says so.
  mutating func isTold() -> Bool {
    guard position < bytes.count, bytes[position] == 6 else { return false }
    position += 1
    return true
  }

  static func damage(_ what: String) -> StorageProblem {
    .damaged(path: "state.sqlite", detail: "unreadable \(what) of a stored value")
  }

  private mutating func byte() throws -> UInt8 {
    guard position < bytes.count else { throw BlobReader.damage("end") }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func number() throws -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let next = try byte()
      result |= UInt64(next & 0x7f) << shift
      if next < 0x80 { return result }
    }
    throw BlobReader.damage("number")
  }

  /// A count of things of at least one byte each: never more than there are bytes left.
  mutating func count() throws -> Int {
    let count = try number()
    guard count <= UInt64(bytes.count - position) else { throw BlobReader.damage("length") }
    return Int(count)
  }

  mutating func byteString() throws -> [UInt8] {
    let count = try count()
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  mutating func text() throws -> String {
    let count = try count()
    defer { position += count }
    return String(decoding: bytes[position..<position + count], as: UTF8.self)
  }

  mutating func texts() throws -> [String] {
    try (0..<count()).map { _ in try text() }
  }

  mutating func value(depth: Int = 0) throws -> Value {
    switch try byte() {
    case 0: return .null
    case 1: return .text(Text(try text()))
    case 2:
      let zigzag = try number()
      return .number(.whole(Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)))
    case 3:
      var pattern: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        pattern |= UInt64(try byte()) << shift
      }
      return .number(.real(Double(bitPattern: pattern)))
    case 4:
      guard depth < 8 else { throw BlobReader.damage("nesting") }
      return .many(try (0..<count()).map { _ in try value(depth: depth + 1) })
    case 5:
      let number = Int64(bitPattern: try number())
      if let name = names?[number] { return .string(name) }
      guard names == nil else { throw BlobReader.damage("term") }
      missing.append(number)
      return .null
    default: throw BlobReader.damage("tag")
    }
  }
}

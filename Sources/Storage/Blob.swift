internal import Events
internal import Foundation

/// Writes the store's blobs: a format version, then fields without names in an agreed order.
///
/// Integers are LEB128; signed ones zigzag first. Texts and byte strings carry their length. A
/// value is a tag and its content: 0 null, 1 text, 2 whole number, 3 real number (8 bytes, low
/// byte first), 4 many (count, then values); in version 2 also 5 text that is a term (its number)
/// and 6 what can be told from elsewhere.
///
/// Bytes are collected in memory of its own: arrays look at each byte that is appended whether they
/// are shared, which bulk writes pay for more than for the bytes.
struct BlobWriter: ~Copyable {
  static let version: UInt8 = 1
  /// Of blobs in which texts may be numbers of terms.
  static let foldedVersion: UInt8 = 2

  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var size = 0

  init(version: UInt8 = BlobWriter.version, capacity: Int = 64) {
    self.capacity = max(1, capacity)
    start = .allocate(capacity: self.capacity)
    append(version)
  }

  deinit { start.deallocate() }

  var bytes: [UInt8] { [UInt8](UnsafeBufferPointer(start: start, count: size)) }
  var data: Data { Data(buffer: UnsafeBufferPointer(start: start, count: size)) }

  private mutating func append(_ byte: UInt8) {
    if size == capacity { grow(by: 1) }
    start[size] = byte
    size += 1
  }

  private mutating func append(_ content: UnsafeRawBufferPointer) {
    guard let first = content.baseAddress else { return }
    if size + content.count > capacity { grow(by: content.count) }
    UnsafeMutableRawPointer(start + size).copyMemory(from: first, byteCount: content.count)
    size += content.count
  }

  private mutating func grow(by count: Int) {
    capacity = max(capacity * 2, size + count)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: size)
    start.deallocate()
    start = larger
  }

  mutating func number(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// What the reader can tell from elsewhere.
  mutating func told() { append(6) }

  /// A value whose long texts become numbers by `fold`, which is asked for those of `least` bytes.
  @inline(__always)
  mutating func value(
    _ value: borrowing Value, least: Int, fold: (Text) throws -> Int64
  ) throws {
    switch value {
    case .text(let content):
      if content.string.utf8.count >= least {
        append(5)
        number(UInt64(bitPattern: try fold(content)))
      } else {
        append(1)
        text(content.string)
      }
    case .many(let values):
      append(4)
      count(values.count)
      for one in values {
        // Many hold no many.
        if case .text(let content) = one, content.string.utf8.count >= least {
          append(5)
          number(UInt64(bitPattern: try fold(content)))
        } else {
          self.value(one)
        }
      }
    default: self.value(value)
    }
  }

  mutating func count(_ count: Int) { number(UInt64(count)) }

  mutating func bytes(_ content: [UInt8]) {
    count(content.count)
    content.withUnsafeBytes { append($0) }
  }

  mutating func text(_ string: String) {
    let isDone: Void? = string.utf8.withContiguousStorageIfAvailable { content in
      count(content.count)
      append(UnsafeRawBufferPointer(content))
    }
    if isDone == nil { bytes(Array(string.utf8)) }
  }

  mutating func texts(_ strings: [String]) {
    count(strings.count)
    for string in strings { text(string) }
  }

  mutating func value(_ value: Value) {
    switch value {
    case .null: append(0)
    case .text(let content):
      append(1)
      text(content.string)
    case .number(.whole(let whole)):
      append(2)
      number(UInt64(bitPattern: (whole << 1) ^ (whole >> 63)))
    case .number(.real(let real)):
      append(3)
      for shift in stride(from: 0, to: 64, by: 8) {
        append(UInt8(truncatingIfNeeded: real.bitPattern >> UInt64(shift)))
      }
    case .many(let values):
      append(4)
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

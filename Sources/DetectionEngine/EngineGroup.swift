import Events
import Streaming

/// A group as the engine keeps it: its key and state, and which records it stands on.
struct EngineGroup: Equatable, Sendable {
  /// A contributing record; the newest come first, those of one second by hash.
  struct Reference: Equatable, Comparable, Sendable {
    var time: Timestamp
    var hash: [UInt8]

    static func < (left: Reference, right: Reference) -> Bool {
      if left.time != right.time { return left.time > right.time }
      return left.hash.lexicographicallyPrecedes(right.hash)
    }
  }

  static let formatVersion: UInt8 = 1
  /// The mark of a row that stands on a contested record.
  static let contestedMark = "another record bears the same eventID"

  let key: GroupKey
  var state: GroupState
  /// At most the cap a row.
  private(set) var references: [Reference] = []
  /// Whether the store has a row of it.
  var hasRow = false
  /// Whether one of its records shares an eventID with a record of other content.
  var isContested = false

  init(key: GroupKey, state: GroupState) {
    self.key = key
    self.state = state
  }

  mutating func add(_ contribution: Contribution, of reference: Reference, cap: Int) {
    state.add(contribution)
    guard !references.contains(reference) else { return }
    let place = references.firstIndex { reference < $0 } ?? references.endIndex
    guard place < cap else { return }
    references.insert(reference, at: place)
    if references.count > cap { references.removeLast() }
  }
}

extension EngineGroup {
  func encode() -> [UInt8] {
    var bytes: [UInt8] = [Self.formatVersion, (hasRow ? 1 : 0) | (isContested ? 2 : 0)]
    bytes.append(number: UInt64(references.count))
    for reference in references {
      bytes.append(number: UInt64(bitPattern: reference.time.seconds))
      bytes.append(counted: reference.hash)
    }
    bytes.append(counted: key.bytes)
    return bytes + state.encode()
  }

  init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    guard bytes.count > 2 else { throw .damaged }
    guard bytes[0] == Self.formatVersion else { throw .unknownVersion(bytes[0]) }
    var rest = bytes[2...]
    let count = try rest.takeNumber()
    for _ in 0..<min(count, UInt64(bytes.count)) {
      let time = Timestamp(seconds: Int64(bitPattern: try rest.takeNumber()))
      references.append(Reference(time: time, hash: try rest.takeCounted()))
    }
    key = try GroupKey(decoding: try rest.takeCounted())
    state = try GroupState(decoding: Array(rest))
    hasRow = bytes[1] & 1 != 0
    isContested = bytes[1] & 2 != 0
  }
}

extension [UInt8] {
  mutating func append(number: UInt64) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }

  mutating func append(counted bytes: [UInt8]) {
    append(number: UInt64(bytes.count))
    append(contentsOf: bytes)
  }
}

extension ArraySlice<UInt8> {
  mutating func takeNumber() throws(StreamingProblem) -> UInt64 {
    guard count >= 8 else { throw .damaged }
    let number = prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    removeFirst(8)
    return number
  }

  mutating func takeCounted() throws(StreamingProblem) -> [UInt8] {
    let length = try takeNumber()
    guard length <= UInt64(count) else { throw .damaged }
    let bytes = [UInt8](prefix(Int(length)))
    removeFirst(Int(length))
    return bytes
  }
}

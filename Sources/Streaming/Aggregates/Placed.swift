import Events

/// What a row has for an aggregate, and where the row stands.
struct Placed: Equatable, Sendable {
  var value: Value
  var place: EventPlace
  /// `_time` of the row.
  var time: Number?

  /// Whether this comes first in the order of the rows; the same place is told apart by value.
  func precedes(_ other: Placed) -> Bool {
    place == other.place ? value.sortsBefore(other.value) : place < other.place
  }

  /// Whether this is later in time; of one moment the first in the order.
  func isLater(than other: Placed) -> Bool {
    guard let one = time, let two = other.time, one != two else { return precedes(other) }
    return one > two
  }
}

extension Value {
  /// An order of all values, by the bytes that they are written as.
  func sortsBefore(_ other: Value) -> Bool {
    guard self != other else { return false }
    var one = ByteWriter()
    one.write(self)
    var two = ByteWriter()
    two.write(other)
    return one.bytes.lexicographicallyPrecedes(two.bytes)
  }
}

/// The values of a group in the order of their rows, up to a limit.
struct PlacedList: Equatable, Sendable {
  static let limit = 10_000

  private var entries: [Placed] = []
  private(set) var isCapped = false

  init() {}

  var values: [Value] { entries.flatMap(\.value.each) }

  /// How many are in memory.
  var size: Int { entries.count }

  mutating func add(_ entry: Placed) {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entry.precedes(entries[middle]) { high = middle } else { low = middle + 1 }
    }
    entries.insert(entry, at: low)
    if entries.count > Self.limit {
      entries.removeLast()
      isCapped = true
    }
  }

  mutating func merge(_ other: PlacedList) {
    for entry in other.entries { add(entry) }
    isCapped = isCapped || other.isCapped
  }
}

extension Placed {
  func write(to writer: inout ByteWriter) {
    writer.write(value)
    place.write(to: &writer)
    writer.write(time.map(Value.number) ?? .null)
  }

  init(from reader: inout ByteReader) throws(StreamingProblem) {
    value = try reader.value()
    place = try EventPlace(from: &reader)
    time = try reader.value().number
  }
}

extension PlacedList {
  func write(to writer: inout ByteWriter) {
    writer.write(isCapped ? 1 : UInt8(0))
    writer.write(count: entries.count)
    for entry in entries { entry.write(to: &writer) }
  }

  init(from reader: inout ByteReader) throws(StreamingProblem) {
    isCapped = try reader.byte() == 1
    for _ in 0..<(try reader.count()) { entries.append(try Placed(from: &reader)) }
  }
}

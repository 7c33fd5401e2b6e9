package import Events

/// Where an event stands among others for commands that see them in order: `_time` descending,
/// then eventID, then record hash; of one event's rows, their order.
package struct EventPlace: Hashable, Sendable {
  package var time: Timestamp?
  package var eventID: Text?
  package var contentHash: [UInt8]
  package var ordinal: Int

  package init(
    time: Timestamp? = nil, eventID: Text? = nil, contentHash: [UInt8] = [], ordinal: Int = 0
  ) {
    self.time = time
    self.eventID = eventID
    self.contentHash = contentHash
    self.ordinal = ordinal
  }

  init(_ time: Timestamp?, _ record: RecordIdentity?, ordinal: Int) {
    self.init(
      time: time, eventID: record?.eventID, contentHash: record?.contentHash ?? [],
      ordinal: ordinal)
  }
}

extension EventPlace: Comparable {
  /// Those without a time come last, those without an eventID first.
  package static func < (left: EventPlace, right: EventPlace) -> Bool {
    if left.time != right.time {
      guard let one = left.time else { return false }
      guard let other = right.time else { return true }
      return one > other
    }
    if left.eventID != right.eventID {
      guard let one = left.eventID else { return true }
      guard let other = right.eventID else { return false }
      return one < other
    }
    if left.contentHash != right.contentHash {
      return left.contentHash.lexicographicallyPrecedes(right.contentHash)
    }
    return left.ordinal < right.ordinal
  }
}

extension EventPlace {
  func write(to writer: inout ByteWriter) {
    writer.write(time.map { .number(.whole($0.seconds)) } ?? .null)
    writer.write(eventID.map(Value.text) ?? .null)
    writer.write(count: contentHash.count)
    for byte in contentHash { writer.write(byte) }
    writer.write(Int64(ordinal))
  }

  init(from reader: inout ByteReader) throws(StreamingProblem) {
    var time: Timestamp?
    if case .number(.whole(let seconds)) = try reader.value() { time = Timestamp(seconds: seconds) }
    let eventID = try reader.value().text
    var hash: [UInt8] = []
    for _ in 0..<(try reader.count()) { hash.append(try reader.byte()) }
    guard let ordinal = Int(exactly: try reader.number()) else { throw .damaged }
    self.init(time: time, eventID: eventID, contentHash: hash, ordinal: ordinal)
  }
}

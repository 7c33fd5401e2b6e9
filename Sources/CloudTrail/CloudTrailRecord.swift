import Digest
package import Events
package import JSON

/// One record: its value in the text it came in, and what the engine asks of it.
package struct CloudTrailRecord: Sendable {
  package let value: JSONValue
  package let sourceType: SourceType

  package init(_ value: JSONValue, sourceType: SourceType = .cloudTrail) {
    self.value = value
    self.sourceType = sourceType
  }

  /// The record's own text, out of whatever it was wrapped in.
  package var rawBytes: ArraySlice<UInt8> { value.rawBytes }

  /// Whether an object of the record holds a key twice: a reader that takes the first value would
  /// see another record.
  package var hasDuplicateKeys: Bool { value.hasDuplicateKeys }

  /// The name of the call; empty where the record has none.
  var eventName: Text { Text(value["eventName"]?.string ?? "") }

  /// What names the record: `eventID`, of an EventBridge event `id`.
  package var eventID: Text? {
    switch sourceType {
    case .cloudTrail: value["eventID"]?.string.map { Text($0) }
    case .ecrEvent, .inspectorEvent, .otherEvent: value["id"]?.string.map { Text($0) }
    case .scanFindings, .logIntegrity: nil
    }
  }

  /// When it happened, in whole seconds; nil where the text names no readable time.
  package var time: Timestamp? {
    switch sourceType {
    case .cloudTrail, .logIntegrity: CloudTrailRecord.timestamp(value["eventTime"])
    case .ecrEvent, .inspectorEvent, .otherEvent: CloudTrailRecord.timestamp(value["time"])
    case .scanFindings:
      CloudTrailRecord.timestamp(value["imageScanFindings"]?["imageScanCompletedAt"])
    }
  }

  /// The id and the SHA-256 of the canonical record, computed on each call: the same record has the
  /// same identity in every envelope.
  package var identity: RecordIdentity {
    RecordIdentity(eventID: eventID, contentHash: sha256(value.canonicalBytes))
  }

  /// The id and what tells the content from others' within this process: cheaper than `identity`.
  package func sketch(_ fingerprint: JSONFingerprint) -> RecordIdentity {
    RecordIdentity(eventID: eventID, contentHash: fingerprint.bytes(of: value))
  }

  /// The record as searches see it: every field of the field model, computed when asked for.
  package func event(source: String, host: String) -> Event {
    Event(
      time: time,
      fields: RecordFields(record: self, source: Text(source), host: Text(host)))
  }

  /// A time as AWS writes it: ISO 8601 text, or the number of seconds since 1970 that older command
  /// line tools print.
  private static func timestamp(_ value: JSONValue?) -> Timestamp? {
    guard let value, let text = value.text else { return nil }
    guard value.kind == .number else { return Timestamp(iso8601: text) }
    guard let seconds = Double(text), abs(seconds) < lastSecond else { return nil }
    return Timestamp(seconds: Int64(seconds.rounded(.down)))
  }

  /// The end of the year 9999: no number beyond it is a time, and sums with times cannot overflow.
  private static let lastSecond = 253_402_300_800.0
}

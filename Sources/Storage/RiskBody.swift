internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// What risk events of a rule have in common, stored once as their shape: the fields' names,
/// sorted, and the values of those that annotate the rule.
struct RiskFrame: Hashable, Sendable {
  var names: [Text]
  /// As long as `names`; nil where each event has its own.
  var constants: [Value?]

  init(names: [Text], constants: [Value?]) {
    self.names = names
    self.constants = constants
  }

  init(of event: RiskEvent) {
    names = event.fields.keys.sorted()
    constants = names.map { RiskFrame.annotates($0) ? event.fields[$0] : nil }
  }

  private static func annotates(_ name: Text) -> Bool {
    name == "search_name" || name == "source" || name == "analyticstories"
      || name.string.utf8.starts(with: "annotations.".utf8)
  }

  func encode() -> [UInt8] {
    var blob = BlobWriter(version: BlobWriter.foldedVersion)
    blob.count(names.count)
    for (name, constant) in zip(names, constants) {
      blob.text(name.string)
      if let constant { blob.value(constant) } else { blob.told() }
    }
    return blob.bytes
  }

  /// Of a frame, or of a list of names as it was written before there were frames.
  init(decoding data: Data) throws {
    var reader = try BlobReader(data)
    names = []
    constants = []
    guard reader.version == BlobWriter.foldedVersion else {
      names = try reader.texts().map { Text($0) }
      constants = names.map { _ in nil }
      return
    }
    for _ in 0..<(try reader.count()) {
      names.append(Text(try reader.text()))
      constants.append(reader.isTold() ? nil : try reader.value())
    }
  }
}

/// A risk event's message and the fields that its frame leaves open.
enum RiskBody {
  /// What a field is that says what a column says.
  private static func told(_ name: Text, of event: RiskEvent) -> Value? {
    switch name.string {
    case "_time": .number(.whole(event.time.seconds))
    case "info_min_time": .number(.whole(event.window.start.seconds))
    case "info_max_time": .number(.whole(event.window.end.seconds))
    case "risk_event_id": .string(event.id.digits)
    case "risk_message": .string(event.message)
    case "risk_object", "normalized_risk_object": .string(event.object)
    case "risk_object_type": .string(event.objectType)
    case "risk_score", "calculated_risk_score": .number(.whole(Int64(event.score)))
    default: nil
    }
  }

  /// Nil where the event has not just the frame's fields, or other constants.
  static func encode(
    _ event: RiskEvent, _ frame: RiskFrame, _ terms: Terms, _ cache: inout TermCache
  ) throws -> [UInt8]? {
    guard event.fields.count == frame.names.count else { return nil }
    var blob = BlobWriter(version: BlobWriter.foldedVersion)
    blob.reserve(64)
    try blob.value(.string(event.message)) { try FoldedTexts.number($0, terms, &cache) }
    for index in frame.names.indices {
      guard let value = event.fields[frame.names[index]] else { return nil }
      if let constant = frame.constants[index] {
        guard constant == value else { return nil }
      } else if told(frame.names[index], of: event) == value {
        blob.told()
      } else {
        try blob.value(value) { try FoldedTexts.number($0, terms, &cache) }
      }
    }
    return blob.bytes
  }

  /// The numbers of terms in a body.
  static func terms(in body: Data, _ frame: RiskFrame) throws -> [Int64] {
    var reader = try BlobReader(body)
    guard reader.version == BlobWriter.foldedVersion else { return [] }
    _ = try reader.value()
    for constant in frame.constants where constant == nil {
      if !reader.isTold() { _ = try reader.value() }
    }
    return reader.missing
  }

  /// Fills in the message and the fields of an event whose columns are known.
  static func complete(
    _ event: inout RiskEvent, with body: Data, _ frame: RiskFrame, _ terms: TermNames
  ) throws {
    var reader = try BlobReader(body, names: terms)
    let isFolded = reader.version == BlobWriter.foldedVersion
    event.message =
      isFolded ? try reader.value().text?.string ?? "" : try reader.text()
    for (name, constant) in zip(frame.names, frame.constants) {
      if let constant {
        event.fields[name] = constant
      } else if isFolded, reader.isTold() {
        event.fields[name] = told(name, of: event)
      } else {
        event.fields[name] = try reader.value()
      }
    }
  }
}

internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// What risk events of a rule have in common, stored once as their shape: the fields' names,
/// sorted, and the values of those that annotate the rule.
struct RiskFrame: Sendable {
  private let fields: FieldNames
  /// As long as `names`; nil where each event has its own.
  let constants: [Value?]
  /// As long as `names`: what a field says that a column says too.
  fileprivate let told: [ToldField?]

  var names: [Text] { fields.names }

  init(names: [Text], constants: [Value?]) {
    fields = FieldNames(names)
    self.constants = constants
    told = names.map { ToldField($0) }
  }

  init(of event: RiskEvent) {
    let names = event.fields.keys.sorted()
    self.init(
      names: names, constants: names.map { RiskFrame.annotates($0) ? event.fields[$0] : nil })
  }

  /// Calls `body` with each field's place and value; false where the event has other fields.
  fileprivate func each(
    of event: RiskEvent, _ body: (Int, Value) throws -> Void
  ) rethrows -> Bool {
    try fields.each(of: event.fields, body)
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
    guard reader.version == BlobWriter.foldedVersion else {
      let names = try reader.texts().map { Text($0) }
      self.init(names: names, constants: names.map { _ in nil })
      return
    }
    var names: [Text] = []
    var constants: [Value?] = []
    for _ in 0..<(try reader.count()) {
      names.append(Text(try reader.text()))
      constants.append(reader.isTold() ? nil : try reader.value())
    }
    self.init(names: names, constants: constants)
  }
}

/// A field of a risk event that says what a column says.
private enum ToldField {
  case time, windowStart, windowEnd, id, message, object, objectType, score

  init?(_ name: Text) {
    switch name.string {
    case "_time": self = .time
    case "info_min_time": self = .windowStart
    case "info_max_time": self = .windowEnd
    case "risk_event_id": self = .id
    case "risk_message": self = .message
    case "risk_object", "normalized_risk_object": self = .object
    case "risk_object_type": self = .objectType
    case "risk_score", "calculated_risk_score": self = .score
    default: return nil
    }
  }

  func value(of event: RiskEvent) -> Value {
    switch self {
    case .time: .number(.whole(event.time.seconds))
    case .windowStart: .number(.whole(event.window.start.seconds))
    case .windowEnd: .number(.whole(event.window.end.seconds))
    case .id: .string(event.id.digits)
    case .message: .string(event.message)
    case .object: .string(event.object)
    case .objectType: .string(event.objectType)
    case .score: .number(.whole(Int64(event.score)))
    }
  }
}

/// A risk event's message and the fields that its frame leaves open.
enum RiskBody {
  /// Nil where the event has not just the frame's fields, or other constants.
  static func encode(
    _ event: RiskEvent, _ frame: RiskFrame, _ terms: Terms, _ cache: inout TermCache
  ) throws -> [UInt8]? {
    var blob = BlobWriter(version: BlobWriter.foldedVersion, capacity: 128)
    try blob.value(.string(event.message), least: FoldedTexts.least) {
      try terms.number($0, &cache)
    }
    var isSame = true
    let isFit = try frame.each(of: event) { place, value in
      if let constant = frame.constants[place] {
        isSame = isSame && constant == value
      } else if let told = frame.told[place], told.value(of: event) == value {
        blob.told()
      } else {
        try blob.value(value, least: FoldedTexts.least) { try terms.number($0, &cache) }
      }
    }
    return isFit && isSame ? blob.bytes : nil
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
    for (place, name) in frame.names.enumerated() {
      if let constant = frame.constants[place] {
        event.fields[name] = constant
      } else if isFolded, reader.isTold() {
        event.fields[name] = frame.told[place]?.value(of: event)
      } else {
        event.fields[name] = try reader.value()
      }
    }
  }
}

internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// A risk event's message and fields; the names are its shape, sorted.
enum RiskBody {
  static func names(of event: RiskEvent) -> [Text] { event.fields.keys.sorted() }

  static func encode(_ event: RiskEvent) -> Data {
    var blob = BlobWriter()
    blob.text(event.message)
    for name in names(of: event) { blob.value(event.fields[name] ?? .null) }
    return blob.data
  }

  static func decode(
    _ body: Data, names: [Text]
  ) throws -> (
    message: String, fields: [Text: Value]
  ) {
    var reader = try BlobReader(body)
    let message = try reader.text()
    var fields: [Text: Value] = [:]
    for name in names { fields[name] = try reader.value() }
    return (message, fields)
  }
}

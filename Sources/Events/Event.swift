/// Where the value of a field comes from: a record's field model, or a stage's result above it.
///
/// Sources are layered: what a stage adds answers first and hands on what it does not know.
package protocol FieldSource: AnyObject, Sendable {
  /// The value of a field; null where there is none. Names are compared with case, by bytes.
  func value(of field: Text) -> Value
  /// Every field that has a value, each once, in no promised order. Needed for wildcards only.
  var names: [Text] { get }
}

/// What is known of the record that an event was made from.
package struct RecordIdentity: Hashable, Sendable {
  /// CloudTrail's `eventID`; nil where the record has none.
  package let eventID: Text?
  /// SHA-256 of the canonical record: unwrapped, keys sorted, no white space.
  package let contentHash: [UInt8]

  package init(eventID: Text?, contentHash: [UInt8]) {
    self.eventID = eventID
    self.contentHash = contentHash
  }
}

/// One event on its way through a search.
package struct Event: Sendable {
  /// `_time`: nil where the record's time could not be read.
  package var time: Timestamp?
  package var fields: any FieldSource

  package init(time: Timestamp?, fields: any FieldSource) {
    self.time = time
    self.fields = fields
  }

  package func value(of field: Text) -> Value { fields.value(of: field) }
}

/// Fields that are simply listed: rows of a table, risk events, tests.
package final class ListedFields: FieldSource {
  private let values: [Text: Value]

  package init(_ values: [Text: Value]) { self.values = values.filter { !$0.value.isNull } }

  package func value(of field: Text) -> Value { values[field] ?? .null }

  package var names: [Text] { Array(values.keys) }
}

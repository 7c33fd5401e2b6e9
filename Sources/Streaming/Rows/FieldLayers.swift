import Events
import JSON

/// The bottom of an event's fields: the record's own, and what every event has.
///
/// Rows that are made of one record ask for the same fields: each is worked out once.
final class BaseFields: FieldSource {
  private let record: any FieldSource
  private let time: Timestamp?
  private let index: Text?
  private let clock: LocalClock
  // An event goes through a search on one thread.
  nonisolated(unsafe) private var known: [(field: Text, value: Value)] = []

  /// More fields than this are worked out again each time.
  private static let mostKnown = 32

  /// `index` is the answer for a source that keeps no such field, as risk events.
  init(_ event: Event, index: Text?, clock: LocalClock = .utc) {
    self.clock = clock
    record = event.fields
    time = event.time
    self.index = index
  }

  /// The value of a document that was read whose text a field of the record is.
  func json(of field: Text) -> JSONValue? {
    (record as? any JSONTextSource)?.jsonValue(ofField: field.string)
  }

  func value(of field: Text) -> Value {
    // A search asks with its own copies of the names, so that to compare is one step each.
    for one in known where one.field.isSame(as: field) { return one.value }
    let value = found(field)
    if known.count < Self.mostKnown { known.append((field, value)) }
    return value
  }

  private func found(_ field: Text) -> Value {
    let value = record.value(of: field)
    guard value.isNull else { return value }
    if field == "_time" { return time.map { .number(.whole($0.seconds)) } ?? .null }
    if field == "index", let index { return .text(index) }
    if let time, let value = clock.value(of: field, at: time) { return value }
    return .null
  }

  var names: [Text] {
    var names = record.names
    if time != nil, !names.contains("_time") { names.append("_time") }
    if index != nil, !names.contains("index") { names.append("index") }
    return names
  }
}

/// One field that a stage gave a value (or took it from), above all others.
final class AssignedField: FieldSource {
  private let field: Text
  private let assigned: Value
  private let below: any FieldSource

  init(_ field: Text, _ value: Value, above below: any FieldSource) {
    self.field = field
    self.assigned = value
    self.below = below
  }

  func value(of field: Text) -> Value {
    field == self.field ? assigned : below.value(of: field)
  }

  var names: [Text] {
    below.names.filter { $0 != field } + (assigned.isNull ? [] : [field])
  }
}

/// Fields under the names that a `rename` gave them.
final class RenamedFields: FieldSource {
  private let map: RenameMap
  let below: any FieldSource

  init(_ map: RenameMap, above below: any FieldSource) {
    self.map = map
    self.below = below
  }

  func value(of field: Text) -> Value { map.value(of: field, in: below) }

  var names: [Text] { map.names(of: below) }
}

/// A result row as fields.
final class RowFields: FieldSource {
  private let columns: [Text]
  private let row: [Value]

  init(_ columns: [Text], _ row: [Value]) {
    self.columns = columns
    self.row = row
  }

  func value(of field: Text) -> Value {
    columns.firstIndex(of: field).map { row[$0] } ?? .null
  }

  var names: [Text] { zip(columns, row).filter { !$1.isNull }.map(\.0) }
}

/// Fields under the name of a data model: `All_Risk.risk_score` is `risk_score`; `_time` and other
/// internal ones keep their names.
final class PrefixedFields: FieldSource {
  private static let prefix = "All_Risk."
  private let below: any FieldSource

  init(above below: any FieldSource) { self.below = below }

  func value(of field: Text) -> Value {
    if field.isInternal { return below.value(of: field) }
    guard field.string.utf8.starts(with: Self.prefix.utf8) else { return .null }
    return below.value(
      of: Text(String(Substring(field.string.utf8.dropFirst(Self.prefix.utf8.count)))))
  }

  var names: [Text] {
    below.names.map { $0.isInternal ? $0 : Text(Self.prefix + $0.string) }
  }
}

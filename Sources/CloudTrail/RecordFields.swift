import Events
import JSON

/// The fields of one record under their Splunk names, each computed when it is asked for.
final class RecordFields: FieldSource {
  private let record: CloudTrailRecord
  private let source: Text
  private let host: Text

  init(record: CloudTrailRecord, source: Text, host: Text) {
    self.record = record
    self.source = source
    self.host = host
  }

  /// A field of the event's own, of the field model, else the raw leaf of that path.
  func value(of field: Text) -> Value {
    guard let answer = RecordFields.answers[field] else { return record.rawField(field) }
    switch answer {
    case .raw: return .text(Text(utf8: record.rawBytes))
    case .time: return record.time.map { .number(.whole($0.seconds)) } ?? .null
    case .sourceType: return .text(record.sourceType.text)
    case .source: return .text(source)
    case .host: return .text(host)
    case .index: return "main"
    case .date(let date): return date.value(of: record.time)
    case .model(let rule):
      return record.sourceType == .cloudTrail ? rule.value(of: record) : record.rawField(field)
    }
  }

  var names: [Text] {
    let model = FieldModel.names(of: record.sourceType)
    let computed = (RecordFields.ownNames + model).filter { !value(of: $0).isNull }
    let known = Set(RecordFields.ownNames + model)
    let raw = JSONLeaves(of: record.value).fields.map { Text($0.path) }
    return computed + raw.filter { !known.contains($0) }
  }

  private static let ownNames: [Text] =
    [
      "_raw", "_time", "sourcetype", "source", "host", "index",
    ] + DateField.allCases.map { Text($0.rawValue) }

  /// Where the value of a field that is no raw leaf comes from.
  private enum Answer {
    case raw, time, sourceType, source, host, index
    case date(DateField)
    case model(FieldRule)
  }

  /// By name, so that one look-up tells; what every event has comes before the field model.
  private static let answers: [Text: Answer] = {
    var answers = FieldModel.rules.mapValues(Answer.model)
    for date in DateField.allCases { answers[Text(date.rawValue)] = .date(date) }
    let own: [(Text, Answer)] = [
      ("_raw", .raw), ("_time", .time), ("sourcetype", .sourceType), ("source", .source),
      ("host", .host), ("index", .index),
    ]
    for (name, answer) in own { answers[name] = answer }
    return answers
  }()
}

extension RecordFields: JSONTextSource {
  func jsonValue(ofField name: String) -> JSONValue? { name == "_raw" ? record.value : nil }
}

/// The parts of an event's time that Splunk takes from the raw text, so in UTC.
enum DateField: String, CaseIterable {
  case year = "date_year"
  case month = "date_month"
  case day = "date_mday"
  case weekday = "date_wday"
  case hour = "date_hour"
  case minute = "date_minute"
  case second = "date_second"
  case zone = "date_zone"

  private static let months: [Value] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let weekdays: [Value] = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]

  /// Names in lower case, else a number; null where the event has no time.
  func value(of time: Timestamp?) -> Value {
    guard let time else { return .null }
    let parts = CalendarTime(time)
    return switch self {
    case .year: .number(.whole(Int64(parts.year)))
    case .month: DateField.months[parts.month - 1]
    case .day: .number(.whole(Int64(parts.day)))
    case .weekday: DateField.weekdays[parts.weekday]
    case .hour: .number(.whole(Int64(parts.hour)))
    case .minute: .number(.whole(Int64(parts.minute)))
    case .second: .number(.whole(Int64(parts.second)))
    case .zone: .number(.whole(0))
    }
  }
}

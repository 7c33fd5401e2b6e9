/// What holds many records in one JSON text, for whoever cuts a file into units.
package enum Envelope {
  /// Keys at the top of a document whose array holds a record, or a wrapped record, in each element:
  /// a log file, the answer of LookupEvents, a batch of CloudWatch Logs, and what
  /// `aws logs filter-log-events` prints.
  package static let arrayKeys = ["Records", "Events", "logEvents", "events"]

  /// Whether a document that is itself an array holds one in each element.
  package static let acceptsBareArray = true

  /// How many wrappers in each other are opened, arrays counted: no service writes more than five.
  static let depthLimit = 8
}

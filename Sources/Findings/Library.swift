package import Events

/// The screen's side of the store: reads only.
package protocol Library: Sendable {
  /// The answer to a request; `drilldown` is composed above the store and not asked here.
  func answer(_ request: Request) throws -> Answer
  /// Time of the newest event that is not after the clock; nil for an empty store.
  func newestEvent(notAfter clock: Timestamp) throws -> Timestamp?
  /// Risk events of a time range, `index=risk`.
  func riskEvents(in range: TimeRange) throws -> [RiskEvent]
  /// Records that contributed to rows of a rule in [earliest, latest], each once, and how many
  /// events there were: those records, and for each row that counts more events than it keeps
  /// records of, the difference. (The sum of the rows' counts would call one record with two
  /// findings two.)
  func records(ofRule rule: String, in range: TimeRange) throws -> (
    records: [StoredRecord], events: Int
  )
}

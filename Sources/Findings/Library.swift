package import Events

/// The screen's side of the store: reads only.
package protocol Library: Sendable {
  /// The answer to a request; `drilldown` and `search` are composed above the store and not
  /// asked here.
  func answer(_ request: Request) throws -> Answer
  /// Time of the newest event that is not after the clock; nil for an empty store.
  func newestEvent(notAfter clock: Timestamp) throws -> Timestamp?
  /// The newest version of a lookup table that rules write, of a window before some window or of
  /// all; nil where there is none.
  func lookupTable(_ name: String, before window: Window?) throws -> [UInt8]?
  /// Risk events of a time range, `index=risk`.
  func riskEvents(in range: TimeRange) throws -> [RiskEvent]
  /// Rows whose newest event is in the range, both ends included; without the hashes of their
  /// records.
  func rows(seenIn range: TimeRange) throws -> [ResultRow]
  /// The triage of those findings that somebody has touched.
  func triage(of findings: Set<FindingID>) throws -> [FindingID: Triage]
  /// Records that contributed to rows of a rule in [from, to), each once, and the sum of what those
  /// rows count: the record of two findings counts twice in it, and so does a record that is no
  /// longer kept because the cap a row was reached.
  func records(
    ofRule rule: String, in range: TimeRange
  ) throws -> (
    records: [StoredRecord], events: Int
  )
}

extension Library {
  /// Of a library that keeps no triage.
  package func triage(of findings: Set<FindingID>) throws -> [FindingID: Triage] { [:] }
}

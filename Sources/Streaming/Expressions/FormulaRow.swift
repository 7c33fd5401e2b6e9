package import Events

/// What an expression is computed over.
struct FormulaRow {
  let fields: any FieldSource
  let moment: SearchMoment

  init(_ fields: any FieldSource, _ moment: SearchMoment) {
    self.fields = fields
    self.moment = moment
  }
}

/// When a search runs: what `now()` and `addinfo` say.
package struct SearchMoment: Equatable, Sendable {
  /// The ends of the time range; nil where it has none.
  package var earliest: Timestamp?
  package var latest: Timestamp?
  /// The clock's or the screen's moment, where the range has no end.
  package var asOf: Timestamp?

  package init(earliest: Timestamp? = nil, latest: Timestamp? = nil, asOf: Timestamp? = nil) {
    self.earliest = earliest
    self.latest = latest
    self.asOf = asOf
  }

  /// Over one window: its ends.
  package init(_ window: Window) { self.init(earliest: window.start, latest: window.end) }

  /// The end of the range, so that a result never depends on when it is computed.
  var now: Timestamp? { latest ?? asOf }
}

package import Events

/// How a search is run: what a rule's sidecar says of it, and whether as Splunk would.
package struct PlanSettings: Equatable, Sendable {
  /// BY fields whose null keeps the row instead of dropping it.
  package var keepNull: Set<Text>
  /// For a BY field that is null: fields of the record that are tried in turn.
  package var derive: [Text: [Text]]
  /// Fields that a sample holds besides the leaves of what `spath` took apart.
  package var sampleFields: [Text]
  /// Splunk's rows: no kept nulls, nothing derived, 5,000 characters of `spath` without a path.
  package var exact: Bool
  /// The end of relative times (`starthoursago=168`, `earliest=-24h`); without one they bound
  /// nothing, as for a rule that is evaluated by windows of its own.
  package var asOf: Timestamp?
  /// Whether the rows of a search without `stats` hold the whole record, in `_raw`.
  package var listsRaw: Bool
  /// Columns that rows which are events have besides those that the search speaks of.
  package var alsoListed: [Text] = []
  /// The range that a search without time modifiers of its own is held to.
  package var range: SearchRange
  /// Whether the search is evaluated by hourly windows: `now()` and `addinfo` say the ends of the
  /// event's window, and not of the range.
  package var usesWindows: Bool
  /// Whether groups keep a sample of their newest event: rows that are only printed need none.
  package var keepsSamples = true
  /// What `local_minute`, the minute of the day, and `local_wday` of an event go by.
  package var clock = LocalClock.utc

  /// Whether the rows are for the search around this one, which may read any of their fields.
  private(set) var isOfSubsearch = false

  package init(
    keepNull: Set<Text> = [], derive: [Text: [Text]] = [:], sampleFields: [Text] = [],
    exact: Bool = false, listsRaw: Bool = true, asOf: Timestamp? = nil,
    range: SearchRange = .everything, usesWindows: Bool = false
  ) {
    self.keepNull = keepNull
    self.derive = derive
    self.sampleFields = sampleFields
    self.exact = exact
    self.listsRaw = listsRaw
    self.asOf = asOf
    self.range = range
    self.usesWindows = usesWindows
  }

  /// For a search in brackets: its rows are no findings of their own.
  var ofSubsearch: PlanSettings {
    var settings = PlanSettings(
      exact: exact, listsRaw: false, asOf: asOf, range: range, usesWindows: usesWindows)
    settings.isOfSubsearch = true
    settings.clock = clock
    return settings
  }
}

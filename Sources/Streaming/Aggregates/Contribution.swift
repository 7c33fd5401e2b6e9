package import Events

/// What one event gives to one result row.
package struct Contribution: Sendable {
  package var key: GroupKey
  /// A value for each aggregate of the plan, in its order; none where the event is kept.
  package var inputs: [Value]
  /// The fields of an event that is kept for later stages, or is a row itself.
  package var held: [Text: Value]
  /// The event's time.
  package var time: Timestamp?
  /// Where the event stands among others, for aggregates that see them in order.
  package var place: EventPlace
  /// `_time` as the stages left it, for `earliest` and `latest`.
  package var rowTime: Number?
  /// The other fields of the event before `stats`.
  package var sample: [Text: Value]
  /// `digest from response`, `finding_description is null`.
  package var marks: [Text]

  package init(
    key: GroupKey, inputs: [Value], held: [Text: Value] = [:], time: Timestamp?,
    place: EventPlace = EventPlace(), rowTime: Number? = nil, sample: [Text: Value] = [:],
    marks: [Text] = []
  ) {
    self.key = key
    self.inputs = inputs
    self.held = held
    self.time = time
    self.place = place
    self.rowTime = rowTime
    self.sample = sample
    self.marks = marks
  }
}

/// What became of an event that reached `stats`, or the end of a search without one.
package enum Outcome: Sendable {
  case contribution(Contribution)
  /// Splunk drops it without a word: the BY field of that name is null.
  case dropped(field: Text)
  /// Its BY fields have too many values; the combinations beyond the first 10,000 are left out.
  case truncated
}

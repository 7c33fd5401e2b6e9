package import Events

/// What one event gives to one result row.
package struct Contribution: Sendable {
  package var key: GroupKey
  /// A value for each aggregate of the plan, in its order.
  package var inputs: [Value]
  /// The event's time.
  package var time: Timestamp?
  /// The other fields of the event before `stats`.
  package var sample: [Text: Value]
  /// `digest from response`, `finding_description is null`.
  package var marks: [Text]

  package init(
    key: GroupKey, inputs: [Value], time: Timestamp?, sample: [Text: Value] = [:],
    marks: [Text] = []
  ) {
    self.key = key
    self.inputs = inputs
    self.time = time
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

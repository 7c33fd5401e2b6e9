import Detections
package import Events
import Findings
package import Streaming

/// Where a record was read.
package struct RecordOrigin: Sendable {
  /// The file, as the user would name it.
  package var path: String
  /// Of the record in the file, or in what a compressed file inflates to.
  package var offset: Int64
  package var sourcetype: String
  /// What the reader noticed, `dup-key`, and the rows are marked with.
  package var marks: [Text]
  /// The eventID of the record that this one amends, and what it shares with records of other
  /// accounts.
  package var amends: String?
  package var sharedID: String?

  package init(path: String, offset: Int64, sourcetype: String, marks: [Text] = []) {
    self.path = path
    self.offset = offset
    self.sourcetype = sourcetype
    self.marks = marks
  }
}

/// The rules that are on: the stateless half of the engine, for reader threads.
package struct RuleSet: Sendable {
  package let rules: [EngineRule]
  /// Those that read records.
  private let overRecords: [EngineRule]
  private let idsOverRecords: Set<String>
  private let sample = RecordSample()
  private let dispatch: CallDispatch

  package init(_ rules: [EngineRule]) {
    self.rules = rules
    overRecords = rules.filter { !$0.isIncident }
    idsOverRecords = Set(overRecords.map(\.rule.detection.id))
    dispatch = CallDispatch(overRecords.map(\.plan.needles))
  }

  /// What a record must contain, for each rule that reads records; a record that no rule wants need
  /// not be parsed.
  package var needles: [Needles] { overRecords.map(\.plan.needles) }

  /// Whether rows that a job made by the rule of that id become rows here; risk is made here alone,
  /// and so are rows over it.
  package func takesRows(ofRule id: String) -> Bool { idsOverRecords.contains(id) }

  /// Appends what the rules have of a record; nothing where no rule has anything.
  ///
  /// Identity and raw bytes are asked for only then. A record without a readable time that a rule
  /// wants is kept in a window of its own, and is a dead letter too.
  package func evaluate(
    _ event: Event, from origin: RecordOrigin, identity: () -> RecordIdentity,
    raw: () -> [UInt8], into batch: inout RowBatch
  ) {
    var name: RecordIdentity?
    var index: Int?
    let isMeasured = sample.isNext()
    let marks = event.time == nil ? origin.marks + [TimelessEvents.mark] : origin.marks
    for place in dispatch.rules(for: event) {
      let rule = overRecords[place]
      let found =
        isMeasured
        ? rule.clock.measure(times: RuleClock.sampling) { rule.hit(event, nil, marks) }
        : rule.hit(event, nil, marks)
      guard var hit = found else { continue }
      if event.time == nil, index == nil {
        batch.deadLetters.append(origin.deadLetter(wantedBy: rule, raw: raw()))
      }
      let known = name ?? identity()
      name = known
      // Events that are kept are named after their record.
      if rule.plan.needsIdentity, let named = rule.hit(event, known, marks) { hit = named }
      hit.record =
        index
        ?? batch.append(
          known, time: event.time ?? TimelessEvents.time, from: origin, raw: raw())
      index = hit.record
      batch.hits.append(hit)
    }
  }
}

extension EngineRule {
  /// What the rule has of a record; nil for nothing.
  fileprivate func hit(
    _ event: Event, _ record: RecordIdentity?, _ marks: [Text]
  ) -> RowBatch.Hit? {
    var hit = RowBatch.Hit(planHash: planHash, record: 0)
    plan.contributions(of: event, record: record) { hit.take($0, marks: marks) }
    return hit.isEmpty ? nil : hit
  }
}

extension RowBatch.Hit {
  fileprivate var isEmpty: Bool { contributions.isEmpty && dropped.isEmpty && truncations == 0 }

  fileprivate mutating func take(_ outcome: Outcome, marks: [Text]) {
    switch outcome {
    case .contribution(var contribution):
      contribution.marks += marks
      contribution.time = contribution.time ?? TimelessEvents.time
      contributions.append(contribution)
    case .dropped(let field): dropped.append(field)
    case .truncated: truncations += 1
    }
  }
}

extension RowBatch {
  /// Adds a record and answers its index.
  fileprivate mutating func append(
    _ identity: RecordIdentity, time: Timestamp, from origin: RecordOrigin, raw: [UInt8]
  ) -> Int {
    var stored = StoredRecord(
      contentHash: identity.contentHash, time: time, source: origin.path,
      sourcetype: origin.sourcetype, raw: raw)
    stored.eventID = identity.eventID?.string
    stored.amends = origin.amends
    stored.sharedID = origin.sharedID
    records.append(Record(identity: identity, stored: stored))
    return records.count - 1
  }
}

extension RecordOrigin {
  fileprivate func deadLetter(wantedBy rule: EngineRule, raw: [UInt8]) -> DeadLetter {
    DeadLetter(
      path: path, offset: offset,
      reason: "its time cannot be read: what it tells is kept under 1970-01-01; "
        + "wanted by '\(rule.rule.name)'",
      head: Array(raw.prefix(256)))
  }
}

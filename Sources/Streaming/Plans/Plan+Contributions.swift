package import Events

extension Plan {
  /// What one event gives to which groups.
  ///
  /// `record` names the event where that is needed: events that are kept are told apart by it and
  /// by their number within the event.
  package func contributions(
    of event: Event, record: RecordIdentity? = nil, emit: (Outcome) -> Void
  ) {
    if source != .nothing { ownContributions(of: event, record: record, emit: emit) }
    var part = 1
    for subplan in subplans {
      subplan.contributions(of: event, record: record) { outcome in
        guard case .contribution(var contribution) = outcome else { return }
        contribution.key = contribution.key.moved(by: part)
        emit(.contribution(contribution))
      }
      part += subplan.partCount
    }
  }

  private func ownContributions(
    of event: Event, record: RecordIdentity?, emit: (Outcome) -> Void
  ) {
    let base = BaseFields(event, index: source.index, clock: settings.clock)
    var ordinal = 0
    let start = PassingEvent(time: event.time, moment: moment(of: event.time), fields: base)
    stages.run(start) { passing in
      let place = EventPlace(event.time, record, ordinal: ordinal)
      ordinal += 1
      switch output {
      case .groups(let reduction):
        reduction.reduce(
          passing.row, record: base, time: event.time, place: place,
          sample: { sampled?.sample(of: passing, record: base) ?? [:] }, emit: emit)
      case .events(let fields, _):
        emit(
          .contribution(
            Contribution(
              key: GroupKey(place), inputs: [], held: fields.held(of: passing.fields),
              time: event.time, place: place,
              sample: sampled?.sample(of: passing, record: base) ?? [:])))
      }
    }
  }

  /// What `now()` and `addinfo` say for an event.
  private func moment(of time: Timestamp?) -> SearchMoment {
    settings.usesWindows ? moment(in: time.map(Window.init(containing:))) : moment(in: nil)
  }

  func moment(in window: Window?) -> SearchMoment {
    if let window { return SearchMoment(window) }
    // `last` still belongs to the range.
    return SearchMoment(
      earliest: range.start, latest: range.last.map { $0 == settings.asOf ? $0 : $0 + 1 },
      asOf: settings.asOf)
  }

  /// The state of a group before its first event.
  package var emptyState: GroupState {
    switch output {
    case .groups(let reduction): reduction.emptyState
    case .events: GroupState.ofHeld
    }
  }

  /// The state of a group before its first event, of whatever part the key is.
  package func emptyState(for key: GroupKey) -> GroupState { plan(of: key).emptyState }

  /// Whether the group is an event, which comes but once.
  package func isEvent(_ key: GroupKey) -> Bool { !plan(of: key).hasStats }

  /// The search that a group belongs to: this one or a subsearch.
  private func plan(of key: GroupKey) -> Plan {
    var part = key.part - 1
    guard part >= 0 else { return self }
    for subplan in subplans {
      if part < subplan.partCount { return subplan.plan(of: GroupKey(key.values, part: part)) }
      part -= subplan.partCount
    }
    return self
  }
}

extension GroupKey {
  /// The key of an event: what names its record, and its number within that.
  fileprivate init(_ place: EventPlace) {
    let digits = String(place.ordinal)
    // Padded, so that the texts sort as the numbers do.
    let ordinal = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    let hash = place.contentHash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    self.init([place.eventID.map(Value.text) ?? .null, .string(hash), .string(ordinal)])
  }
}

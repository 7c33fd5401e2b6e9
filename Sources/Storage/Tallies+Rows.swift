extension Tallies {
  /// A row is new that was told before.
  mutating func add(_ row: RowFacts, _ touched: Touched) {
    let hour = TallyKind.hour(of: row.last)
    count(1, row, touched, in: hour)
    if let place = touched.place {
      lines[Key(kind: .placeUsers, hour: hour, key: place, other: row.user ?? 0)].add(1)
    }
    lines[Key(kind: .ruleRows, hour: 0, key: row.rule)].add(1)
    countRisk(of: row, sign: 1)
    grow(row, touched)
  }

  /// Adds rows to the lines of what a row is of, and widens their times by it.
  private mutating func count(
    _ rows: Int64, _ row: RowFacts, _ touched: Touched, in hour: Int64
  ) {
    func add(_ kind: TallyKind, _ key: Int64, _ other: Int64 = 0) {
      lines[Key(kind: kind, hour: hour, key: key, other: other)]
        .add(rows, first: row.first, last: row.last)
    }
    if let repository = row.repository { add(.repositoryRows, repository) }
    add(.userRows, row.user ?? 0)
    if let source = row.source { add(.sourceRows, source, row.user ?? 0) }
    if let place = touched.place { add(.placeRows, place) }
  }

  /// What is later by a row that is there now.
  private mutating func grow(_ row: RowFacts, _ touched: Touched) {
    findings[touched.finding].grow(by: row)
    if let pair = touched.pair { pairs[pair].change(of: row) { $0.grow(to: row.last) } }
  }

  /// To be told before a row is written over; both were told by `touch`.
  mutating func replace(
    _ old: RowFacts, _ oldTouched: Touched, with new: RowFacts, _ touched: Touched
  ) {
    guard old != new else { return }
    let hour = TallyKind.hour(of: old.last)
    guard new.isGrown(from: old), hour == TallyKind.hour(of: new.last) else {
      remove(old, oldTouched)
      return add(new, touched)
    }
    count(0, new, touched, in: hour)
    grow(new, touched)
  }

  /// To be told before a row is deleted that was told by `touch`.
  mutating func remove(_ row: RowFacts, _ touched: Touched) {
    let hour = TallyKind.hour(of: row.last)
    if let repository = row.repository {
      open.insert(Key(kind: .repositoryRows, hour: hour, key: repository))
    }
    open.insert(Key(kind: .userRows, hour: hour, key: row.user ?? 0))
    if let source = row.source {
      open.insert(Key(kind: .sourceRows, hour: hour, key: source, other: row.user ?? 0))
    }
    if let place = touched.place {
      open.insert(Key(kind: .placeRows, hour: hour, key: place))
      lines[Key(kind: .placeUsers, hour: hour, key: place, other: row.user ?? 0)].add(-1)
    }
    lines[Key(kind: .ruleRows, hour: 0, key: row.rule)].add(-1)
    countRisk(of: row, sign: -1)
    findings[touched.finding].isOpen = true
    findings[touched.finding].setParts(of: row, to: nil)
    if let pair = touched.pair { pairs[pair].change(of: row) { $0.isOpen = true } }
  }

  /// The risk that is in a row, which is its user's.
  private mutating func countRisk(of row: RowFacts, sign: Int64) {
    guard let score = row.score, let user = row.user else { return }
    count(score, of: user, isUser: true, rule: row.rule, at: row.last, sign: sign)
  }

  /// Risk of an event that is written (`sign` 1) or deleted (-1).
  mutating func count(
    _ score: Int64, of object: Int64, isUser: Bool, rule: Int64, at time: Int64, sign: Int64
  ) {
    if isUser {
      lines[Key(kind: .risk, hour: TallyKind.hour(of: time), key: object)]
        .addRisk(score * sign, sign)
    }
    lines[Key(kind: .ruleRisk, hour: 0, key: rule)].addRisk(score * sign, sign)
    lines[Key(kind: .objectRisk, hour: TallyKind.hour(of: time), key: rule, other: object)]
      .addRisk(score * sign, sign)
  }
}

internal import GRDB

/// Keeps running counts of rows and risk events in the transaction that changes them, so that the
/// lists and figures of the first view need not go through all rows.
///
/// Every row is told before it is written or deleted (`touch`, `replace`, `remove`); `settle` writes
/// what has changed. After it the tables are what `Recount` would make of the rows.
struct Tallies {
  struct Key: Hashable {
    var kind: TallyKind
    var hour: Int64
    var key: Int64
    var other: Int64 = 0
  }

  /// What is added to a line of the table.
  struct Change {
    var n: Int64 = 0
    var first: Int64?
    var last: Int64?

    mutating func add(_ count: Int64, first: Int64? = nil, last: Int64? = nil) {
      n += count
      if let first { self.first = min(self.first ?? first, first) }
      if let last { self.last = max(self.last ?? last, last) }
    }
  }

  struct Part: Hashable {
    var finding: Int64
    var hours: Int64
    var start: Int64
  }

  struct RepositoryPair: Hashable {
    var pair: RowFacts.Pair
    var repository: Int64
  }

  /// The last sighting before the transaction and after it.
  struct Last {
    var before: Int64?
    var now: Int64?
    /// Whether it has to be looked up, since a row has gone.
    var isOpen = false
  }

  struct Span: Equatable {
    var first: Int64
    var last: Int64
    var rank: Int64
  }

  struct FindingSpan {
    /// Before the transaction.
    var before: Span?
    /// As the finding has it in its table: a new one is inserted with its first row's.
    var written: Span?
    var now: Span?
    var isOpen = false
  }

  let read: TallyReads
  private(set) var changes: [Key: Change] = [:]
  /// Lines that are counted anew, since a row of them has gone.
  private(set) var open: Set<Key> = []
  private(set) var pairs: [RowFacts.Pair: Last] = [:]
  private(set) var repositoryPairs: [RepositoryPair: Last] = [:]
  private(set) var findings: [Int64: FindingSpan] = [:]
  /// Whether a finding had a row in a part before the transaction, and whether it has one now; nil
  /// where that has to be looked up.
  private(set) var parts: [Part: (before: Bool, now: Bool?)] = [:]

  init(_ database: Database) throws { read = try TallyReads(database) }

  /// To be told before a row is written whose finding may be new.
  mutating func touch(_ row: RowFacts, isNewFinding: Bool) throws {
    if isNewFinding {
      let span = Span(first: row.first, last: row.last, rank: row.rank)
      findings[row.finding] = FindingSpan(before: nil, written: span, now: span)
    } else if findings[row.finding] == nil {
      let span = try read.span(of: row.finding)
      findings[row.finding] = FindingSpan(before: span, written: span, now: span)
    }
    try touchParts(of: row, isNewFinding: isNewFinding)
    guard let pair = row.pair else { return }
    let known = row.repository.map { RepositoryPair(pair: pair, repository: $0) }
    guard pairs[pair] == nil || known.map({ repositoryPairs[$0] == nil }) ?? false else { return }
    let (last, inRepository) = try read.last(pair, in: row.repository)
    if pairs[pair] == nil { pairs[pair] = Last(before: last, now: last) }
    if let known, repositoryPairs[known] == nil {
      repositoryPairs[known] = Last(before: inRepository, now: inRepository)
    }
  }

  private mutating func touchParts(of row: RowFacts, isNewFinding: Bool) throws {
    // The longest first: without a row in the day there is none in the hour.
    var isThere = !isNewFinding
    for hours in TallyKind.parts.reversed() {
      let part = Part(
        finding: row.finding, hours: hours,
        start: TallyKind.part(of: row.last, hours: hours))
      if let known = parts[part] {
        isThere = known.before
        continue
      }
      if isThere { isThere = try read.hasRow(in: part) }
      parts[part] = (isThere, isThere)
    }
  }

  /// A row is new that was told before.
  mutating func add(_ row: RowFacts) {
    let hour = TallyKind.hour(of: row.last)
    if let repository = row.repository {
      changes[Key(kind: .repositoryRows, hour: hour, key: repository), default: Change()]
        .add(1, first: row.first, last: row.last)
      if let image = row.image {
        changes[Key(kind: .images, hour: 0, key: repository, other: image), default: Change()]
          .add(1, last: row.last)
      }
    }
    changes[Key(kind: .userRows, hour: hour, key: row.user ?? 0), default: Change()]
      .add(1, first: row.first, last: row.last)
    changes[Key(kind: .ruleRows, hour: 0, key: row.rule), default: Change()].add(1)
    grow(row)
  }

  /// What is later by a row that is there now.
  private mutating func grow(_ row: RowFacts) {
    if var span = findings[row.finding]?.now {
      span.first = min(span.first, row.first)
      span.last = max(span.last, row.last)
      span.rank = max(span.rank, row.rank)
      findings[row.finding]?.now = span
    } else {
      findings[row.finding]?.now = Span(first: row.first, last: row.last, rank: row.rank)
    }
    for hours in TallyKind.parts {
      let start = TallyKind.part(of: row.last, hours: hours)
      parts[Part(finding: row.finding, hours: hours, start: start)]?.now = true
    }
    guard let pair = row.pair else { return }
    pairs[pair]?.grow(to: row.last)
    if let repository = row.repository {
      repositoryPairs[RepositoryPair(pair: pair, repository: repository)]?.grow(to: row.last)
    }
  }

  /// To be told before a row is written over; both were told by `touch`.
  mutating func replace(_ old: RowFacts, with new: RowFacts) {
    guard old != new else { return }
    let hour = TallyKind.hour(of: old.last)
    guard new.isGrown(from: old), hour == TallyKind.hour(of: new.last) else {
      remove(old)
      return add(new)
    }
    if let repository = new.repository {
      changes[Key(kind: .repositoryRows, hour: hour, key: repository), default: Change()]
        .add(0, first: new.first, last: new.last)
      if let image = new.image {
        changes[Key(kind: .images, hour: 0, key: repository, other: image), default: Change()]
          .add(0, last: new.last)
      }
    }
    changes[Key(kind: .userRows, hour: hour, key: new.user ?? 0), default: Change()]
      .add(0, first: new.first, last: new.last)
    grow(new)
  }

  /// To be told before a row is deleted that was told by `touch`.
  mutating func remove(_ row: RowFacts) {
    let hour = TallyKind.hour(of: row.last)
    if let repository = row.repository {
      open.insert(Key(kind: .repositoryRows, hour: hour, key: repository))
      if let image = row.image {
        open.insert(Key(kind: .images, hour: 0, key: repository, other: image))
      }
    }
    open.insert(Key(kind: .userRows, hour: hour, key: row.user ?? 0))
    changes[Key(kind: .ruleRows, hour: 0, key: row.rule), default: Change()].add(-1)
    findings[row.finding]?.isOpen = true
    for hours in TallyKind.parts {
      let start = TallyKind.part(of: row.last, hours: hours)
      parts[Part(finding: row.finding, hours: hours, start: start)]?.now = nil
    }
    guard let pair = row.pair else { return }
    pairs[pair]?.isOpen = true
    if let repository = row.repository {
      repositoryPairs[RepositoryPair(pair: pair, repository: repository)]?.isOpen = true
    }
  }

  mutating func change(_ key: Key, by count: Int64) { changes[key, default: Change()].add(count) }

  /// Risk of an event that is written (`sign` 1) or deleted (-1).
  mutating func count(
    _ score: Int64, of object: Int64, isUser: Bool, rule: Int64, at time: Int64, sign: Int64
  ) {
    if isUser {
      let key = Key(kind: .risk, hour: TallyKind.hour(of: time), key: object)
      changes[key, default: Change()].addRisk(score * sign, sign)
    }
    changes[Key(kind: .ruleRisk, hour: 0, key: rule), default: Change()]
      .addRisk(score * sign, sign)
  }
}

extension Tallies.Last {
  fileprivate mutating func grow(to time: Int64) { now = max(now ?? time, time) }
}

extension Tallies.Change {
  /// Of risk `first` is how many events, which is added and not compared.
  fileprivate mutating func addRisk(_ score: Int64, _ events: Int64) {
    n += score
    first = (first ?? 0) + events
  }
}

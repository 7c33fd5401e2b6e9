internal import GRDB

/// Keeps running counts of rows and risk events in the transaction that changes them, so that the
/// lists and figures of the first view need not go through all rows.
///
/// Every row is told before it is written or deleted (`touch`, then `add`, `replace` or `remove`);
/// `settle` writes what has changed. After it the tables are what `Recount` would make of the rows.
struct Tallies {
  typealias Key = TallyLines.Key

  /// The last sighting before the transaction and after it.
  struct Last {
    var before: Int64?
    var now: Int64?
    /// Whether it has to be looked up, since a row has gone.
    var isOpen = false

    init(_ last: Int64?) { (before, now) = (last, last) }

    mutating func grow(to time: Int64) { now = max(now ?? time, time) }
  }

  struct Span: Equatable {
    var first: Int64
    var last: Int64
    var rank: Int64
  }

  /// A part of time in which a finding has rows or not.
  struct Part {
    var hours: Int64
    var start: Int64
    /// Whether there was a row before the transaction.
    var before: Bool
    /// Whether there is one now; nil where that has to be looked up.
    var now: Bool?
  }

  struct FindingSpan {
    var finding: Int64
    /// Before the transaction.
    var before: Span?
    /// As the finding has it in its table: a new one is inserted with its first row's.
    var written: Span?
    var now: Span?
    var isOpen = false
    var parts: [Part] = []

    mutating func grow(by row: RowFacts) {
      now = Span(
        first: min(now?.first ?? row.first, row.first), last: max(now?.last ?? row.last, row.last),
        rank: max(now?.rank ?? row.rank, row.rank))
      setParts(of: row, to: true)
    }

    /// Notes in the parts that a row is in whether they have a row now.
    mutating func setParts(of row: RowFacts, to now: Bool?) {
      for place in parts.indices
      where parts[place].start == TallyKind.part(of: row.last, hours: parts[place].hours) {
        parts[place].now = now
      }
    }
  }

  /// The last sightings of a pair: anywhere, and in repositories.
  struct PairSpan {
    var pair: RowFacts.Pair
    var last: Last
    /// 0 for rows without a repository.
    var inRepositories: [(repository: Int64, last: Last)] = []

    /// Changes the sightings that a row is one of.
    mutating func change(of row: RowFacts, _ body: (inout Last) -> Void) {
      body(&last)
      for place in inRepositories.indices
      where inRepositories[place].repository == row.repository ?? 0 {
        body(&inRepositories[place].last)
      }
    }
  }

  /// Where a row that was told has its finding and its pair, and the number of its place.
  struct Touched {
    var finding: Int
    var pair: Int?
    var place: Int64?
  }

  let read: TallyReads
  let places: ImagePlaces
  var lines = TallyLines()
  /// Lines that are counted anew, since a row of them has gone.
  var open: Set<Key> = []
  var findings: [FindingSpan] = []
  var pairs: [PairSpan] = []
  private var findingPlaces: [Int64: Int] = [:]
  private var pairPlaces: [RowFacts.Pair: Int] = [:]

  init(_ database: Database) throws {
    read = try TallyReads(database)
    places = try ImagePlaces(database)
  }

  /// To be told before a row is written whose finding may be new.
  mutating func touch(_ row: RowFacts, isNewFinding: Bool) throws -> Touched {
    let finding = try place(of: row, isNewFinding: isNewFinding)
    try touchParts(finding, row, isNewFinding: isNewFinding)
    return Touched(
      finding: finding, pair: try touchPair(of: row),
      place: try row.image.map { try places.number(of: $0, in: row.repository) })
  }

  private mutating func place(of row: RowFacts, isNewFinding: Bool) throws -> Int {
    if !isNewFinding, let known = findingPlaces[row.finding] { return known }
    let written =
      isNewFinding
      ? Span(first: row.first, last: row.last, rank: row.rank) : try read.span(of: row.finding)
    findings.append(
      FindingSpan(
        finding: row.finding, before: isNewFinding ? nil : written, written: written, now: written))
    findingPlaces[row.finding] = findings.count - 1
    return findings.count - 1
  }

  private mutating func touchParts(_ place: Int, _ row: RowFacts, isNewFinding: Bool) throws {
    // The longest first: without a row in the day there is none in the hour.
    var isThere = !isNewFinding
    for hours in TallyKind.parts.reversed() {
      let start = TallyKind.part(of: row.last, hours: hours)
      let known = findings[place].parts.first { $0.hours == hours && $0.start == start }
      if let known {
        isThere = known.before
        continue
      }
      if isThere { isThere = try read.hasRow(of: row.finding, from: start, hours: hours) }
      if findings[place].parts.isEmpty { findings[place].parts.reserveCapacity(3) }
      findings[place].parts.append(
        Part(hours: hours, start: start, before: isThere, now: isThere))
    }
  }

  private mutating func touchPair(of row: RowFacts) throws -> Int? {
    guard let pair = row.pair else { return nil }
    let repository = row.repository ?? 0
    let known = pairPlaces[pair]
    if let known, pairs[known].inRepositories.contains(where: { $0.repository == repository }) {
      return known
    }
    let (last, inRepository) = try read.last(pair, in: repository)
    let place = known ?? pairs.count
    if known == nil {
      pairs.append(PairSpan(pair: pair, last: Last(last)))
      pairPlaces[pair] = place
    }
    pairs[place].inRepositories.append((repository, Last(inRepository)))
    return place
  }
}

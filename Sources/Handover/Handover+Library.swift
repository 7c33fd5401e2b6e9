import Events
package import Findings

extension Handover {
  private static let pageSize = 500
  /// The most lines of a list that are looked at.
  private static let most = 20_000

  /// Asks a store.
  ///
  /// - Throws: what the store throws.
  package init(
    of library: some Library, range: Span, worked: Span
  ) throws {
    self.init(range: range, worked: worked)
    let ever = TimeRange(from: nil, to: range.to)
    let severe = Filter.or(
      ["critical", "high"].map { Filter.matches(.severity, pattern: $0) })
    repositories = Self.byRepository(
      try Self.new(severe, in: range, library).filter { $0.rule != KnownRule.integrity })
    untrusted = try Self.new(.matches(.rule, pattern: KnownRule.integrity), in: range, library)
    users = try Self.users(over: RiskThreshold.score, at: range.to, library)
    triage = try Self.triage(in: worked, library)
    blindSpots = try Self.rows(
      Query(
        filter: .matches(.rule, pattern: KnownRule.blindSpot),
        range: TimeRange(from: range.from, to: range.to),
        sort: Sort(.last, descending: true), limit: Self.pageSize), library)
    if case .overview(let overview) = try library.answer(.overview(Query(range: ever))) {
      open = overview.open
    }
  }

  /// Findings that were seen for the first time in the range, the newest first.
  private static func new(
    _ filter: Filter, in range: Span, _ library: some Library
  ) throws -> [FindingLine] {
    var new: [FindingLine] = []
    var query = Query(
      filter: filter, range: TimeRange(from: nil, to: range.to),
      sort: Sort(.first, descending: true), limit: pageSize)
    while query.offset < most {
      guard case .findings(let page) = try library.answer(.findings(query)) else { break }
      new += page.lines.filter { range.contains($0.firstSeen) }
      guard let last = page.lines.last, last.firstSeen >= range.from else { break }
      query.offset += page.lines.count
    }
    return new
  }

  private static func byRepository(_ findings: [FindingLine]) -> [Repository] {
    Dictionary(grouping: findings) { $0.repository ?? "(no repository)" }
      .map { name, findings in
        let critical = findings.filter { $0.severity?.lowercased() == "critical" }
        let high = findings.filter { $0.severity?.lowercased() != "critical" }
        return Repository(name: name, findings: critical + high)
      }
      .sorted {
        ($1.critical, $1.high, $0.name) < ($0.critical, $0.high, $1.name)
      }
  }

  private static func users(
    over threshold: Int, at end: Timestamp, _ library: some Library
  ) throws -> [UserLine] {
    let query = Query(
      range: TimeRange(from: end - 86_400, to: end), sort: Sort(.risk, descending: true),
      limit: pageSize)
    guard case .users(let page) = try library.answer(.users(query)) else { return [] }
    return page.lines.filter { $0.risk24h > threshold }
  }

  private static func triage(
    in worked: Span, _ library: some Library
  ) throws -> [TriageEntry] {
    var entries: [TriageEntry] = []
    var offset = 0
    while offset < most {
      let request = Request.triageHistory(.everything, offset: offset, limit: pageSize)
      guard case .triageHistory(let page) = try library.answer(request) else { break }
      entries += page.lines.filter { $0.after.at.map(worked.contains) == true }
      guard let last = page.lines.last?.after.at, last >= worked.from else { break }
      offset += page.lines.count
    }
    return entries
  }

  private static func rows(_ query: Query, _ library: some Library) throws -> [RowLine] {
    guard case .rows(let page) = try library.answer(.rows(query)) else { return [] }
    return page.lines
  }
}

internal import GRDB

/// What of a row is counted: numbers of terms, times in seconds.
struct RowFacts: Equatable {
  var finding: Int64
  var rule: Int64
  var repository: Int64?
  var image: Int64?
  var name: Int64?
  var severity: Int64?
  var user: Int64?
  var source: Int64?
  var first: Int64
  var last: Int64
  var rank: Int64
  /// Of the risk that is in the row.
  var score: Int64?

  static let columns = """
    finding_pk, rule, repository, image, finding, severity, user, source, first_seen,
    last_seen, severity_rank, score
    """

  init(
    finding: Int64, rule: Int64, repository: Int64?, image: Int64?, name: Int64?,
    severity: Int64?, user: Int64?, source: Int64?, first: Int64, last: Int64, rank: Int64,
    score: Int64?
  ) {
    self.finding = finding
    self.rule = rule
    self.repository = repository
    self.image = image
    self.name = name
    self.severity = severity
    self.user = user
    self.source = source
    self.first = first
    self.last = last
    self.rank = rank
    self.score = score
  }

  /// Of a statement that answers `columns`.
  init(_ row: RawStatement) {
    self.init(
      finding: row.number(0), rule: row.number(1), repository: row.optional(2),
      image: row.optional(3), name: row.optional(4), severity: row.optional(5),
      user: row.optional(6), source: row.optional(7), first: row.number(8), last: row.number(9),
      rank: row.number(10), score: row.optional(11))
  }

  /// What (severity, image digest, finding name) the row counts for; nil where it counts for none.
  var pair: Pair? {
    guard let severity, let name else { return nil }
    return Pair(image: image, name: name, severity: severity)
  }

  struct Pair: Hashable {
    var image: Int64?
    var name: Int64
    var severity: Int64
  }

  /// The row later than it was and otherwise the same.
  func isGrown(from old: RowFacts) -> Bool {
    var same = self
    same.first = old.first
    same.last = old.last
    return same == old && first <= old.first && last >= old.last
  }
}

extension Tallied {
  /// Statements of the tables `lines` and `sums` of repositories, as `ScannedLines` orders them.
  static let repositories = [
    """
    words AS (SELECT k0, word, SUM(n) AS n FROM (
      SELECT key AS k0, other AS word, n FROM tallies WHERE \(hours(.repositoryPairs))
      UNION ALL SELECT repository, severity, 1
      FROM (\(pairsInParts(
        "r.repository, r.severity", sameRepository: true, where: "r.repository IS NOT NULL"))))
      GROUP BY k0, word)
    """,
    SeverityCounts.sums(by: "k0"),
    """
    images AS (SELECT k0, COUNT(DISTINCT image) AS others FROM (
      SELECT p.repository AS k0, p.image FROM \(placed(.placeRows))
      UNION ALL \(inParts("r.repository, r.image", where: "r.image IS NOT NULL"))) GROUP BY k0)
    """,
    """
    spans AS (SELECT k0, MIN(first) AS first, MAX(last) AS last FROM (
      SELECT key AS k0, first, last FROM tallies WHERE \(hours(.repositoryRows))
      UNION ALL \(inParts(
        "r.repository, r.first_seen, r.last_seen", where: "r.repository IS NOT NULL")))
      GROUP BY k0)
    """,
    "lines AS (SELECT k0, ifnull(others, 0) AS others, first, last FROM spans LEFT JOIN images USING (k0))",
  ]

  /// The same of images in their repositories.
  static let images = [
    """
    words AS (SELECT k0, k1, word, SUM(n) AS n FROM (
      SELECT \(place), t.other AS word, t.n FROM \(placed(.placePairs))
      UNION ALL SELECT image, repository, severity, 1
      FROM (\(pairsInParts(
        "r.repository, r.severity", sameRepository: true, where: "r.image IS NOT NULL"))))
      GROUP BY k0, k1, word)
    """,
    SeverityCounts.sums(by: "k0, k1"),
    """
    readers AS (SELECT k0, k1, COUNT(DISTINCT user) AS others FROM (
      SELECT \(place), nullif(t.other, 0) AS user FROM \(placed(.placeUsers))
      UNION ALL \(inParts("r.image, r.repository, r.user", where: "r.image IS NOT NULL")))
      GROUP BY k0, k1)
    """,
    """
    spans AS (SELECT k0, k1, MIN(first) AS first, MAX(last) AS last FROM (
      SELECT \(place), t.first, t.last FROM \(placed(.placeRows))
      UNION ALL \(inParts(
        "r.image, r.repository, r.first_seen, r.last_seen", where: "r.image IS NOT NULL")))
      GROUP BY k0, k1)
    """,
    """
    lines AS (SELECT s.k0, s.k1, ifnull(others, 0) AS others, first, last
      FROM spans s LEFT JOIN readers u ON u.k0 = s.k0 AND u.k1 IS s.k1)
    """,
  ]

  private static let place = "p.image AS k0, nullif(p.repository, 0) AS k1"

  private static func placed(_ kind: TallyKind) -> String {
    "tallies t JOIN image_places p ON p.pk = t.key WHERE t.\(hours(kind))"
  }

  /// The table `lines` of sources, as `UserLines` orders them.
  static let sources = """
    lines AS (SELECT k, COUNT(DISTINCT user) AS users, SUM(n) AS n, MAX(last) AS last FROM (
      SELECT key AS k, nullif(other, 0) AS user, n, last FROM tallies
      WHERE \(hours(.sourceRows))
      UNION ALL \(inParts(
        "r.source, r.user, 1, r.last_seen", where: "r.source IS NOT NULL"))) GROUP BY k)
    """

  /// Risk by rule: the hour of its newest event, how many events, on how many objects, the sum.
  static let attack = """
    SELECT rule, MAX(hour), SUM(events), COUNT(DISTINCT object), SUM(score) FROM (
      SELECT key AS rule, hour, first AS events, other AS object, n AS score FROM tallies
      WHERE \(hours(.objectRisk))
      UNION ALL \(RiskTables.select(
        "e.rule, \(TallyKind.hour("e.time")), 1, e.object, e.score",
        where: inParts(from: "from", "start"))))
    GROUP BY rule
    """

  /// Statements of the tables `lines` and `risk` of users, as `UserLines` orders them.
  static let users = [
    """
    lines AS (SELECT k, SUM(n) AS n, MAX(last) AS last FROM (
      SELECT iif(key = 0, (SELECT id FROM terms WHERE text = '\(Selection.noUser)'), key) AS k, n,
        last FROM tallies WHERE \(hours(.userRows))
      UNION ALL \(inParts("\(Selection.userKey), 1, r.last_seen")))
      GROUP BY k)
    """,
    """
    risk AS (SELECT k, SUM(n) FILTER (WHERE span = 1) AS day,
      SUM(n) FILTER (WHERE span = 2) AS week, SUM(n) FILTER (WHERE span = 3) AS own FROM (
        \(riskSince(1, "day")) UNION ALL \(riskSince(2, "week")) UNION ALL \(riskSince(3, "from")))
      GROUP BY k)
    """,
  ]

  private static func riskSince(_ span: Int, _ name: String) -> String {
    let (full, start) = name == "from" ? ("full", "start") : (name + "_full", name + "_start")
    return """
      SELECT key AS k, \(span) AS span, SUM(n) AS n FROM tallies
      WHERE kind = \(TallyKind.risk.rawValue) AND hour >= :\(full) AND hour < :ending
      GROUP BY key
      UNION ALL \(RiskTables.select(
        "e.object, \(span), e.score",
        where: """
          \(inParts(from: name, start))
            AND e.object_type = (SELECT id FROM terms WHERE text = 'user')
          """))
      """
  }

  /// Risk events `e` of the parts of hours of a range that begins at a time.
  private static func inParts(from name: String, _ start: String) -> String {
    """
    ((e.time >= :\(name) AND e.time < :\(start)) OR (e.time >= max(:stop, :\(name)) AND e.time <= :to))
    """
  }
}

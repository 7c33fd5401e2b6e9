internal import GRDB

/// The tallies counted anew from rows and risk events: what they have to be at any time.
enum Recount {
  static func run(_ database: Database) throws {
    for statement in statements(RiskTables.select) + listed { try database.execute(sql: statement) }
  }

  /// For a database whose tallies are empty or wrong; `risk` answers a select over all its risk
  /// events `e`.
  static func statements(_ risk: (_ columns: String, _ condition: String) -> String) -> [String] {
    [
      "DELETE FROM tallies",
      """
      UPDATE findings SET (first_seen, last_seen, rank) = (
        SELECT MIN(first_seen), MAX(last_seen), MAX(severity_rank) FROM rows
        WHERE finding_pk = findings.pk)
      """,
      rows(.repositoryRows, by: "repository"), rows(.userRows, by: "ifnull(user, 0)"),
      """
      INSERT INTO tallies SELECT \(TallyKind.risk.rawValue), \(TallyKind.hour("time")), object, 0,
        SUM(score), COUNT(*), 0 FROM (\(risk(
          "e.time, e.object, e.score",
          "e.object_type = (SELECT id FROM terms WHERE text = 'user')")))
      GROUP BY 2, 3
      """,
      """
      INSERT INTO tallies SELECT \(TallyKind.findings.rawValue), \(TallyKind.hour("last_seen")),
        0, 0, COUNT(*), 0, 0 FROM findings WHERE last_seen IS NOT NULL GROUP BY 2
      """,
      pairs(.pairs, key: "0", by: ""),
      pairs(.repositoryPairs, key: "repository", by: "repository, "),
    ] + TallyKind.parts.map(findingsSeen) + [
      """
      INSERT INTO tallies SELECT \(TallyKind.ruleRows.rawValue), 0, rule, 0, COUNT(*), 0, 0
      FROM rows GROUP BY rule
      """,
      """
      INSERT INTO tallies SELECT \(TallyKind.ruleRisk.rawValue), 0, rule, 0, SUM(score), COUNT(*), 0
      FROM (\(risk("e.rule, e.score", "1"))) GROUP BY rule
      """,
    ]
  }

  /// What was counted later: images, sources, and risk by rule and object.
  static let listed = [
    """
    INSERT OR IGNORE INTO image_places (image, repository)
    SELECT DISTINCT image, ifnull(repository, 0) FROM rows WHERE image IS NOT NULL
    """,
    """
    INSERT INTO tallies SELECT \(TallyKind.objectRisk.rawValue), \(TallyKind.hour("time")), rule,
      object, SUM(score), COUNT(*), 0
    FROM (\(RiskTables.select("e.time, e.rule, e.object, e.score", where: "1"))) GROUP BY 2, 3, 4
    """,
    """
    INSERT INTO tallies SELECT \(TallyKind.sourceRows.rawValue), \(TallyKind.hour("last_seen")),
      source, ifnull(user, 0), COUNT(*), MIN(first_seen), MAX(last_seen)
    FROM rows WHERE source IS NOT NULL GROUP BY 2, 3, 4
    """,
    """
    INSERT INTO tallies SELECT \(TallyKind.placeRows.rawValue), \(TallyKind.hour("last_seen")),
      p.pk, 0, COUNT(*), MIN(first_seen), MAX(last_seen) FROM \(placed) GROUP BY 2, 3
    """,
    """
    INSERT INTO tallies SELECT \(TallyKind.placeUsers.rawValue), \(TallyKind.hour("last_seen")),
      p.pk, ifnull(user, 0), COUNT(*), 0, 0 FROM \(placed) GROUP BY 2, 3, 4
    """,
    """
    INSERT INTO tallies SELECT \(TallyKind.placePairs.rawValue), \(TallyKind.hour("last")), place,
      severity, COUNT(*), 0, 0
    FROM (SELECT p.pk AS place, severity, MAX(last_seen) AS last FROM \(placed)
      WHERE severity IS NOT NULL AND finding IS NOT NULL GROUP BY p.pk, severity, finding)
    GROUP BY 2, 3, 4
    """,
  ]

  private static let placed = """
    rows r JOIN image_places p ON p.image = r.image AND p.repository = ifnull(r.repository, 0)
    """

  private static func rows(_ kind: TallyKind, by key: String) -> String {
    """
    INSERT INTO tallies SELECT \(kind.rawValue), \(TallyKind.hour("last_seen")), \(key), 0,
      COUNT(*), MIN(first_seen), MAX(last_seen)
    FROM rows WHERE \(key) IS NOT NULL GROUP BY 2, 3
    """
  }

  private static func pairs(_ kind: TallyKind, key: String, by column: String) -> String {
    """
    INSERT INTO tallies SELECT \(kind.rawValue), \(TallyKind.hour("last")), key, severity, COUNT(*),
      0, 0
    FROM (SELECT \(key) AS key, severity, MAX(last_seen) AS last FROM rows
      WHERE severity IS NOT NULL AND finding IS NOT NULL AND \(key) IS NOT NULL
      GROUP BY \(column)severity, image, finding)
    GROUP BY 2, 3, 4
    """
  }

  private static func findingsSeen(_ hours: Int64) -> String {
    """
    INSERT INTO tallies SELECT \(TallyKind.findingsSeen.rawValue),
      \(TallyKind.part("last_seen", hours: hours)), \(hours), 0, COUNT(DISTINCT finding_pk), 0, 0
    FROM rows GROUP BY 2
    """
  }
}

internal import Events
internal import Findings
internal import GRDB

/// Risk events by the tactics and techniques of ATT&CK that their rules name.
enum AttackQuery {
  /// The tactics by their ids, of each the technique with the highest risk first.
  static func lines(_ database: Database, _ range: TimeRange) throws -> [AttackLine] {
    let sums = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT MAX(row), COUNT(*), COUNT(DISTINCT object), SUM(score), rule
          FROM (\(RiskTables.select(
            "e.row, e.rule, e.object, e.score", where: "e.time >= ?1 AND e.time <= ?2")))
          GROUP BY rule
          """),
      arguments: [range.from?.seconds ?? Int64.min, range.to.seconds])
    var lines: [String: AttackLine] = [:]
    for sum in sums {
      let (row, rule): (Int64, Int64) = (sum[0], sum[4])
      // What a rule is annotated with stands in every event of it.
      guard
        let event = try RowFetch(database).riskEvents(
          "e.row = ?1 AND e.rule = ?2", [row, rule]
        ).first
      else {
        continue
      }
      for line in parts(of: event) {
        let key = line.tacticID + "\n" + line.techniqueID
        var total = lines[key] ?? line
        total.events += sum[1]
        // Users of two rules may be the same ones: the larger number is what is certain.
        total.objects = max(total.objects, sum[2])
        total.risk += sum[3]
        lines[key] = total
      }
    }
    return lines.values.sorted {
      ($0.tacticID, $1.risk, $0.techniqueID) < ($1.tacticID, $0.risk, $1.techniqueID)
    }
  }

  private static func parts(of event: RiskEvent) -> [AttackLine] {
    func texts(_ name: String) -> [String] {
      event.fields[Text("annotations.mitre_attack." + name)]?.each.compactMap(\.text?.string) ?? []
    }
    let tactics = texts("mitre_tactic_id")
    let names = texts("mitre_tactic")
    let techniques = texts("mitre_technique_id")
    let titles = texts("mitre_technique")
    return tactics.enumerated().flatMap { place, tactic in
      techniques.enumerated().map { index, technique in
        AttackLine(
          tacticID: tactic, tactic: place < names.count ? names[place] : tactic,
          techniqueID: technique,
          technique: titles.count == techniques.count ? titles[index] : technique,
          events: 0, objects: 0, risk: 0)
      }
    }
  }
}

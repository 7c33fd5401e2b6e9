internal import Events
internal import Findings
internal import GRDB

/// Risk events by the tactics and techniques of ATT&CK that their rules name.
enum AttackQuery {
  /// The tactics by their ids, of each the technique with the highest risk first.
  static func lines(_ database: Database, _ range: TimeRange) throws -> [AttackLine] {
    let sums = try sums(database, range)
    var lines: [String: AttackLine] = [:]
    for sum in sums {
      // What a rule is annotated with stands in every event of it.
      guard let event = try event(database, of: sum[0], inHour: sum[1], range) else { continue }
      for line in parts(of: event) {
        let key = line.tacticID + "\n" + line.techniqueID
        var total = lines[key] ?? line
        total.events += sum[2]
        // Users of two rules may be the same ones: the larger number is what is certain.
        total.objects = max(total.objects, sum[3])
        total.risk += sum[4]
        lines[key] = total
      }
    }
    return lines.values.sorted {
      ($0.tacticID, $1.risk, $0.techniqueID) < ($1.tacticID, $0.risk, $1.techniqueID)
    }
  }

  /// As `Tallied.attack` answers them.
  private static func sums(_ database: Database, _ range: TimeRange) throws -> [Row] {
    if let tallied = try Tallied(database, Query(range: range)) {
      return try tallied.rows(Tallied.attack)
    }
    return try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT rule, MAX(\(TallyKind.hour("time"))), COUNT(*), COUNT(DISTINCT object), SUM(score)
          FROM (\(RiskTables.select(
            "e.time, e.rule, e.object, e.score", where: "e.time >= ?1 AND e.time <= ?2")))
          GROUP BY rule
          """),
      arguments: [range.from?.seconds ?? Int64.min, range.to.seconds])
  }

  /// An event of a rule in an hour, as far as that is in the range.
  private static func event(
    _ database: Database, of rule: Int64, inHour hour: Int64, _ range: TimeRange
  ) throws -> RiskEvent? {
    let start = max(hour * TallyKind.hour, range.from?.seconds ?? .min)
    let end = min((hour + 1) * TallyKind.hour - 1, range.to.seconds)
    let row = try Int64.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT MAX(row) FROM (\(RiskTables.select(
            "e.row", where: "e.rule = ?1 AND e.time >= ?2 AND e.time <= ?3")))
          """), arguments: [rule, start, end])
    return try row.flatMap {
      try RowFetch(database).riskEvents("e.row = ?1 AND e.rule = ?2", [$0, rule]).first
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

internal import Events
internal import Findings
internal import GRDB

/// Findings by the hour, or by more where a range is long.
enum TimelineQuery {
  static func timeline(_ database: Database, _ query: Query) throws -> Timeline {
    var selection = try Selection(query)
    let end = query.range.to
    guard let first = try query.range.from ?? oldest(database, selection) else {
      return Timeline(start: end, step: 3600, counts: [])
    }
    let step = Timeline.step(of: end - first)
    let start = Timestamp(seconds: first.seconds - first.seconds % step)
    selection.bind("start", start.seconds)
    if first.seconds >= 0, TallyKind.parts.contains(step / TallyKind.hour),
      let tallied = try Tallied(database, query)
    {
      return Timeline(
        start: start, step: step, counts: try tallied.timeline(from: start, to: end, step: step))
    }
    let rows = try selection.rows(
      database,
      """
      SELECT (r.last_seen - :start) / \(step) AS part, COUNT(DISTINCT r.finding_pk) FROM rows r
      WHERE \(selection.inRange) GROUP BY part
      """)
    var counts = [Int](repeating: 0, count: Int((end - start) / step) + 1)
    for row in rows {
      let part: Int = row[0]
      if counts.indices.contains(part) { counts[part] = row[1] }
    }
    return Timeline(start: start, step: step, counts: counts)
  }

  private static func oldest(_ database: Database, _ selection: Selection) throws -> Timestamp? {
    let row = try selection.rows(
      database, "SELECT MIN(r.last_seen) FROM rows r WHERE \(selection.inRange)"
    ).first
    return (row?[0] as Int64?).map { Timestamp(seconds: $0) }
  }
}

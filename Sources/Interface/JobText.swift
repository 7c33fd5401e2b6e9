import CellGrid
import Events
import Findings

/// What stands over the list of files of jobs elsewhere, whose rows are read here.
struct JobText {
  let clock: Timestamp

  /// So many jobs and rules have a line; the others are counted.
  private static let most = 3

  func lines(of summary: FilesSummary) -> [[Span]] {
    bounded(summary.jobs, line, "job", "jobs") + bounded(summary.notTaken, line, "rule", "rules")
  }

  private func bounded<Item>(
    _ items: [Item], _ line: (Item) -> [Span], _ noun: String, _ plural: String
  ) -> [[Span]] {
    let rest = items.count - Self.most
    let lines = items.prefix(Self.most).map(line)
    guard rest > 0 else { return lines }
    return lines + [
      [Span("and \(Wording.counted(rest, "other \(noun)", "other \(plural)"))", .muted)]
    ]
  }

  /// Lag first: how far the newest event that the job has read lies back.
  private func line(_ job: JobLine) -> [Span] {
    var spans = [Span("job ", .muted)]
    if let newest = job.newest {
      spans += [Span("lag ", .muted), Span(Wording.span(max(0, clock - newest))), Span("  ")]
    }
    spans += [
      Span("last batch ", .muted), Span(Wording.age(job.at, at: clock)), Span("  records ", .muted),
      Span(Wording.count(Int(clamping: job.records))), Span("  files ", .muted),
      Span(Wording.count(Int(clamping: job.files))), Span("  "),
    ]
    if job.late > 0 {
      spans.append(Span("late \(Wording.count(Int(clamping: job.late)))  ", .warning))
    }
    if job.dead > 0 {
      spans.append(Span("bad \(Wording.count(Int(clamping: job.dead)))  ", .critical))
    }
    return spans + [Span(job.directory)]
  }

  private func line(_ rows: RowsNotTaken) -> [Span] {
    [
      Span(Wording.counted(rows.rows, "row"), .warning), Span(" not taken: no rule ", .muted),
      Span("'\(Wording.flat(rows.rule))'"), Span(" of its id is on here  ", .muted),
      Span(rows.ruleID, .muted),
    ]
  }
}

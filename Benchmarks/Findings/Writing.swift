import Findings
import Glibc
import Storage

/// Commits synthetic findings, measuring the commits alone.
struct Writing {
  var source: SyntheticFindings
  var batch: Int

  func run(_ directory: String) throws {
    let store = try Store.open(directory: directory)
    var commits = 0.0
    var longest = 0.0
    var next = 0
    let start = Clock.wall()
    while next < source.rows {
      let changes = source.changes(next..<min(next + batch, source.rows))
      next += changes.rows.count
      let before = Clock.processor()
      let wall = Clock.wall()
      try store.commit(changes)
      commits += Clock.processor() - before
      longest = max(longest, Clock.wall() - wall)
    }
    let seconds = Clock.wall() - start
    let facts = try store.facts()
    print(
      "\(facts.rows) rows, \(facts.findings) findings: \(Int(Double(facts.rows) / commits)) rows/s "
        + "of processor time in commits, \(Int(commits * 1_000)) ms of "
        + "\(Int(seconds * 1_000)) ms elapsed, the longest \(Int(longest * 1_000)) ms, "
        + "\(facts.bytes / Int64(max(1, facts.rows))) bytes a row, peak \(Clock.peak()) MiB")
  }
}

/// Time and memory of this process.
enum Clock {
  static func processor() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }
  static func wall() -> Double { seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func peak() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }
}

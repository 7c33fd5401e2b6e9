import CloudTrail
import DetectionEngine
import Detections
import Diagnostics
import Events
import Ingest
import RowFiles
import SafeText
import Streaming
import Workers

/// Rules over some paths as one window: every file read once, by a thread a core.
struct AdHocScan {
  let paths: [String]
  private let reading: Reading
  private let tally: Shared<Tally>

  /// What the reader threads add to.
  ///
  /// Only what a rule wants comes here, so that one lock is seldom waited for.
  private struct Tally: Sendable {
    var run: AdHocRun
    var unreadableUnits: Int64 = 0
    var rowFiles: Set<String> = []
  }

  /// Searches without time modifiers of their own are held to `range`.
  init(
    paths: [String], rules: [Rule], exact: Bool, asOf: Timestamp, range: SearchRange = .everything
  ) throws {
    self.paths = paths
    let run: AdHocRun
    do throws(Problems) {
      run = try AdHocRun(rules, exact: exact, asOf: asOf, range: range)
    } catch {
      throw Failure(error.diagnostics.map(\.message).joined(separator: "\n"))
    }
    let tally = Shared(Tally(run: run))
    self.tally = tally
    let reader = run.reader
    reading = Reading(
      framing: Framing(arrayKeys: Envelope.arrayKeys), prefilter: Prefilter(reader.needles)
    ) { _ in
      ScanReader(reader) { hits in
        tally.withLock { $0.run.add(hits) }
      } bad: { count in
        tally.withLock { $0.unreadableUnits += Int64(count) }
      } rowFile: { path in
        tally.withLock { _ = $0.rowFiles.insert(path) }
      }
    }
  }

  /// Reads with a line of progress on standard error.
  func run() -> ScanOutcome {
    let progress = ScanProgress()
    defer { progress.clear() }
    return run(stop: StopFlag()) { progress.show($0) }
  }

  /// Reads until all is read or `stop` is raised: the rows are then those of what was read.
  func run(
    stop: StopFlag, progress: @escaping @Sendable (ReadOnce.Progress) -> Void
  ) -> ScanOutcome {
    var summary = ReadOnce(paths: paths, reading: reading).run(stop: stop, progress: progress)
    let tally = tally.snapshot
    summary.badUnits += tally.unreadableUnits
    return ScanOutcome(
      summary: summary, results: tally.run.finish(), rowFiles: tally.rowFiles.sorted())
  }
}

/// What a scan came to.
struct ScanOutcome {
  let summary: ReadOnce.Summary
  let results: [AdHocRun.Result]
  /// Files of rows that jobs wrote: they hold no records, and are passed over.
  let rowFiles: [String]

  /// Says on standard error what a reader of the rows cannot see in them.
  func tell() {
    for path in summary.unreadable {
      StandardError.write(
        "watchfloor: '\(SafeText.visible(path.path))' cannot be read: \(path.reason)\n")
    }
    if let first = rowFiles.first {
      let others = rowFiles.count == 1 ? "" : ", as do \(rowFiles.count - 1) others"
      StandardError.write(
        "watchfloor: '\(SafeText.visible(first))' holds rows that a job wrote and no records"
          + "\(others); see: watchfloor watch\n")
    }
    if summary.badUnits > 0 {
      let count = summary.badUnits == 1 ? "1 record" : "\(summary.badUnits) records"
      StandardError.write("watchfloor: \(count) could not be read\n")
    }
    for result in results {
      for (field, count) in result.dropped.sorted(by: { $0.key < $1.key }) {
        StandardError.write(
          "watchfloor: \(result.rule.name): \(count) rows dropped as in Splunk: \(field) is null\n")
      }
      let limits = result.patternLimitHits
      if limits > 0 {
        let times = limits == 1 ? "once" : "\(limits) times"
        StandardError.write(
          "watchfloor: \(result.rule.name): a regular expression was given up \(times) at its "
            + "match limit, rows may be missing\n")
      }
    }
  }
}

/// A reader thread's work in a scan: units in, what the rules have of their records out.
private final class ScanReader: RecordSink {
  private let reader: AdHocReader
  private let add: (AdHocHits) -> Void
  private let bad: (Int) -> Void
  private let rowFile: (String) -> Void
  private var file = FileAtHand()
  /// That which was told last.
  private var toldRowFile: String?

  init(
    _ reader: AdHocReader, add: @escaping (AdHocHits) -> Void, bad: @escaping (Int) -> Void,
    rowFile: @escaping (String) -> Void
  ) {
    self.reader = reader
    self.add = add
    self.bad = bad
    self.rowFile = rowFile
  }

  func unit(_ bytes: UnsafeRawBufferPointer, at offset: Int64, in path: String) {
    guard !file.isOfJob(path) || !OutputLine.isLikely(bytes) else {
      if RowFileName.isRows(path), toldRowFile != path { rowFile(path) }
      toldRowFile = path
      return
    }
    let unwrapped = unwrap(Array(bytes))
    if !unwrapped.problems.isEmpty { bad(unwrapped.problems.count) }
    for record in unwrapped.records {
      let event = record.event(source: path, host: Settings.host)
      let hits = reader.hits(of: event, marks: { record.marks }) { record.identity }
      if !hits.isEmpty { add(hits) }
    }
  }

  func checkpoint(_ progress: FileProgress) {}

  // A document that turns out broken has given what it could: nothing is read a second time here.
  func discard() {}
}

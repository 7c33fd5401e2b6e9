import CloudTrail
import DetectionEngine
import Detections
import Diagnostics
import Events
import Findings
import Ingest
import JSON
import RowFiles
import SafeText
import Storage
import Streaming
import Workers

/// Rules over some paths as one window: every file read once, by a thread a core.
struct AdHocScan {
  let paths: [String]
  private let reading: Reading
  private let tally: Shared<Tally>

  /// With less, rows that are read back would be shared out without end.
  private static let leastReadBack = 16 << 20

  /// What the reader threads add to.
  ///
  /// Only what a rule wants comes here, so that one lock is seldom waited for.
  private struct Tally: Sendable {
    var run: AdHocRun
    var unreadableUnits: Int64 = 0
    var rowFiles: Set<String> = []
  }

  /// Searches without time modifiers of their own are held to `range`; groups beyond `memory` bytes
  /// go to a temporary file, where such a limit is given.
  init(
    paths: [String], rules: [Rule], exact: Bool, asOf: Timestamp,
    range: SearchRange = .everything, memory: Int? = nil
  ) throws {
    self.paths = paths
    let run: AdHocRun
    let overflow = memory.map { limit in
      AdHocRun.Overflow(beyond: limit, readBackLimit: max(limit, Self.leastReadBack)) {
        () throws(ScratchProblem) in try ScratchFile()
      }
    }
    do throws(Problems) {
      run = try AdHocRun(
        rules, exact: exact, asOf: asOf, range: range, overflow: overflow)
    } catch {
      throw Failure(error.diagnostics.map(\.message).joined(separator: "\n"))
    }
    let tally = Shared(Tally(run: run))
    self.tally = tally
    let reader = run.reader
    let fingerprint = JSONFingerprint()
    reading = Reading(
      framing: Framing(arrayKeys: Envelope.arrayKeys), prefilter: Prefilter(reader.needles),
      readers: Machine.cores
    ) { _ in
      ScanReader(reader, fingerprint) { hits in
        tally.withLock { $0.run.add(hits) }
      } bad: { count in
        tally.withLock { $0.unreadableUnits += Int64(count) }
      } rowFile: { path in
        tally.withLock { _ = $0.rowFiles.insert(path) }
      }
    }
  }

  /// Reads with a line of progress on standard error.
  func run() throws -> ScanOutcome {
    let progress = ScanProgress()
    defer { progress.clear() }
    return try run(stop: StopFlag()) { progress.show($0) }
  }

  /// Reads until all is read or `stop` is raised: the rows are then those of what was read.
  func run(
    stop: StopFlag, progress: @escaping @Sendable (ReadOnce.Progress) -> Void
  ) throws -> ScanOutcome {
    var summary = ReadOnce(paths: paths, reading: reading).run(stop: stop) { [tally] read in
      // What is read from then on would be missing from the rows.
      if tally.withLock({ $0.run.failure != nil }) { stop.raise() }
      progress(read)
    }
    return try tally.withLock { tally in
      summary.badUnits += tally.unreadableUnits
      return ScanOutcome(
        summary: summary, results: try rows(of: &tally.run), rowFiles: tally.rowFiles.sorted())
    }
  }

  private func rows(of run: inout AdHocRun) throws -> [AdHocRun.Result] {
    do throws(ScratchProblem) {
      return try run.finish()
    } catch {
      throw Failure(error.sentence)
    }
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
  private let fingerprint: JSONFingerprint
  private let add: (AdHocHits) -> Void
  private let bad: (Int) -> Void
  private let rowFile: (String) -> Void
  private var file = FileAtHand()
  /// That which was told last.
  private var toldRowFile: String?

  init(
    _ reader: AdHocReader, _ fingerprint: JSONFingerprint, add: @escaping (AdHocHits) -> Void,
    bad: @escaping (Int) -> Void, rowFile: @escaping (String) -> Void
  ) {
    self.reader = reader
    self.fingerprint = fingerprint
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
      let hits = reader.hits(of: event, marks: { record.marks }) {
        reader.ordersByIdentity ? record.identity : record.sketch(fingerprint)
      }
      if !hits.isEmpty { add(hits) }
    }
  }

  func checkpoint(_ progress: FileProgress) {}

  // A document that turns out broken has given what it could: nothing is read a second time here.
  func discard() {}
}

import DetectionEngine
import Detections
import Diagnostics
import Events
import Findings
import Ingest
import Interface
import Storage
import Streaming
import Workers

/// A search that was typed on the screen: over findings and risk events in the store, else over the
/// records in the files that are followed, else over the records that the store keeps.
struct TypedSearch {
  let store: Store
  let rules: LoadedRules
  let request: SearchRequest

  /// More rows than anybody looks through; what a search sums up is summed up whole.
  private static let mostRows = 10_000

  /// What it finds; a search that cannot run says why in the note.
  ///
  /// `progress` is told how far the files are read. Where `stop` is raised, the rows are those of
  /// what was read, and the note says so.
  func result(
    stop: StopFlag = StopFlag(), progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> DrilldownResult {
    let text = SourceText(name: "(search)", text: request.text)
    var result = DrilldownResult(
      title: "", search: request.text, table: Table(columns: []), note: nil)
    let range = SearchRange(start: request.range.from, last: request.range.to)
    let rule: Rule
    let stored: StoredSearch?
    do throws(Problems) {
      rule = try Rule(adHoc: text, macros: rules.library.macros, tables: rules.library.tables)
      stored = try StoredSearch(rule, asOf: request.range.to, range: range)
    } catch {
      result.note = error.rendered(in: text)
      return result
    }
    if let stored {
      result.table = try stored.table(of: store, rules: rules.library.rules.compactMap(\.rule))
    } else {
      try read(rule, range, into: &result, stop, progress)
    }
    let count = result.table.rows.count
    if count > Self.mostRows {
      result.table.rows = Array(result.table.rows.prefix(Self.mostRows))
      result.add("the first \(Wording.count(Self.mostRows)) of \(Wording.counted(count, "row"))")
    }
    return result
  }

  private func read(
    _ rule: Rule, _ range: SearchRange, into result: inout DrilldownResult, _ stop: StopFlag,
    _ progress: @escaping @Sendable (String) -> Void
  ) throws {
    let scan = try AdHocScan(
      paths: store.roots, rules: [rule], exact: false, asOf: request.range.to, range: range)
    let last = Shared(ReadOnce.Progress())
    let outcome = try scan.run(stop: stop) { read in
      last.withLock { $0 = read }
      progress("reading files, \(read.percent) % of \(Wording.bytes(read.bytesTotal))")
    }
    guard outcome.summary.files > 0 else { return try search(kept: rule, range, into: &result) }
    result.table = try outcome.results[0].table().withoutIdleMarks
    let files = Wording.counted(outcome.summary.files, "file")
    result.add(
      stop.isRaised
        ? "stopped: \(last.snapshot.percent) % of \(files) was read" : "\(files) on disk read")
    for (field, count) in outcome.results[0].dropped.sorted(by: { $0.key < $1.key }) {
      result.add("\(Wording.counted(count, "row")) Splunk drops: \(field) is null")
    }
    let unreadable = outcome.summary.unreadable.count
    if unreadable > 0 { result.add("\(Wording.counted(unreadable, "file")) could not be read") }
  }

  /// The files are gone: what is left are the records that rows were made of.
  private func search(
    kept rule: Rule, _ range: SearchRange, into result: inout DrilldownResult
  ) throws {
    var run: AdHocRun
    do throws(Problems) {
      run = try AdHocRun([rule], asOf: request.range.to, range: range)
    } catch {
      throw Failure(error.diagnostics.map(\.message).joined(separator: "; "))
    }
    var records = 0
    var seen: Set<[UInt8]> = []
    for rule in rules.library.rules {
      for record in try store.records(ofRule: rule.name, in: request.range).records
      where seen.insert(record.contentHash).inserted {
        guard let event = record.event else { continue }
        records += 1
        run.add(event) { RecordIdentity(eventID: nil, contentHash: record.contentHash) }
      }
    }
    result.table = try run.finish()[0].table().withoutIdleMarks
    result.add("no file is on disk: \(Wording.counted(records, "kept record")) searched")
  }
}

extension ReadOnce.Progress {
  fileprivate var percent: Int {
    bytesTotal > 0 ? Int(Double(bytesDone) * 100 / Double(bytesTotal)) : 0
  }
}

extension DrilldownResult {
  /// One more thing to be said of it.
  fileprivate mutating func add(_ sentence: String) {
    note = note.map { "\($0); \(sentence)" } ?? sentence
  }
}

extension Table {
  /// The table without the column of marks where no row has one.
  var withoutIdleMarks: Table {
    guard columns.last == BatchRun.marksColumn, rows.allSatisfy({ $0.last?.isNull == true })
    else { return self }
    return Table(columns: columns.dropLast(), rows: rows.map { $0.dropLast() })
  }
}

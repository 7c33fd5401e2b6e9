import CloudTrail
import DetectionEngine
import Events
import Findings
import Ingest
import JSON
import RowFiles

/// A reader thread's work: units of text in, batches of what the rules have of them out.
///
/// Opens envelopes, gives records their Splunk fields and runs the part of each rule that needs
/// one event only. What belongs to one checkpoint leaves in one batch.
final class UnitReader: RecordSink {
  private let rules: RuleSet
  /// Takes a batch; waits while the engine is behind.
  private let deliver: (RowBatch) -> Void
  /// Whether files are followed: how far they are read, and what of them cannot be, is then part
  /// of a batch.
  private let keepsPlace: Bool
  private var file = FileAtHand()
  private var batch = RowBatch()
  /// Rows of rules that do not run, by rule, since the last checkpoint: counted with that alone.
  private var notTaken: [String: RowsNotTaken] = [:]
  /// Event times of what was looked at since the last checkpoint.
  private var times: ClosedRange<Timestamp>?
  /// About how many bytes of memory the batch takes.
  private var weight = 0

  /// A batch that is heavier is handed over before its checkpoint.
  private static let heaviest = 4 << 20
  private static let contributionWeight = 512
  private static let mostDeadLetters = 1000

  init(_ rules: RuleSet, keepsPlace: Bool = true, deliver: @escaping (RowBatch) -> Void) {
    self.rules = rules
    self.keepsPlace = keepsPlace
    self.deliver = deliver
  }

  func unit(_ bytes: UnsafeRawBufferPointer, at offset: Int64, in path: String) {
    if file.isOfJob(path), OutputLine.isLikely(bytes) { return line(bytes, at: offset, in: path) }
    let unwrapped = unwrap(Array(bytes))
    for problem in unwrapped.problems {
      batch.deadLetters.append(
        DeadLetter(
          path: path, offset: offset, reason: problem.sentence,
          head: Array(bytes.prefix(BadUnit.headLimit))))
    }
    for record in unwrapped.records {
      var origin = RecordOrigin(
        path: path, offset: offset, sourcetype: record.sourceType.rawValue, marks: record.marks)
      origin.amends = record.amendedEventID
      origin.sharedID = record.sharedEventID
      let event = record.event(source: path, host: Settings.host)
      note(event.time)
      let isOfScan = batch.note(record, event)
      let hits = batch.hits.count
      rules.evaluate(
        event, from: origin, identity: { record.identity }, raw: { Array(record.rawBytes) },
        into: &batch)
      guard batch.hits.count > hits || isOfScan else { continue }
      weight += record.rawBytes.count
      for hit in batch.hits[hits...] { weight += hit.contributions.count * Self.contributionWeight }
      relieve()
    }
    if batch.deadLetters.count > Self.mostDeadLetters { relieve() }
  }

  /// A line of a job's output.
  private func line(_ bytes: UnsafeRawBufferPointer, at offset: Int64, in path: String) {
    do throws(OutputLineProblem) {
      switch try OutputLine(Array(bytes), directory: RowFileName.directory(of: path)) {
      case .row(let row, _) where !rules.takesRows(ofRule: row.ruleID):
        let none = RowsNotTaken(ruleID: row.ruleID, rule: row.rule, rows: 0)
        notTaken[row.ruleID, default: none].rows += 1
      case .row(var row, let texts):
        row.records = records(texts, at: offset, in: path)
        note(row.content?.first)
        note(row.content?.last)
        batch.jobRows.append(row)
        weight += bytes.count + Self.contributionWeight
      case .batch(let done): batch.jobBatches.append(done)
      }
    } catch {
      batch.deadLetters.append(
        DeadLetter(
          path: path, offset: offset, reason: error.sentence,
          head: Array(bytes.prefix(BadUnit.headLimit))))
    }
    relieve()
  }

  /// The records that a job kept of a row; of a text that is none of them nothing is kept.
  private func records(
    _ texts: [[UInt8]], at offset: Int64, in path: String
  ) -> [StoredRecord] {
    texts.flatMap { text -> [StoredRecord] in
      let unwrapped = unwrap(text)
      for problem in unwrapped.problems {
        batch.deadLetters.append(
          DeadLetter(
            path: path, offset: offset, reason: "a record of the row: \(problem.sentence)",
            head: Array(text.prefix(BadUnit.headLimit))))
      }
      return unwrapped.records.map { StoredRecord($0, from: path) }
    }
  }

  /// Hands a heavy batch over: a long document has one checkpoint, at its end.
  ///
  /// What is committed before that and read again after a kill is known by eventID and content.
  private func relieve() {
    let hasManyLetters = batch.deadLetters.count > Self.mostDeadLetters
    guard weight > Self.heaviest || hasManyLetters else { return }
    var rest = RowBatch()
    if !hasManyLetters {
      // These are known by nothing, and wait for the checkpoint.
      rest.deadLetters = batch.deadLetters
      batch.deadLetters = []
    }
    if !keepsPlace { batch.deadLetters = [] }
    deliver(batch)
    batch = rest
    weight = 0
  }

  func checkpoint(_ progress: FileProgress) {
    guard keepsPlace else {
      batch.deadLetters = []
      if !batch.isEmpty { deliver(batch) }
      discard()
      return
    }
    var file = SourceFile(progress)
    file.firstRecord = times?.lowerBound
    file.lastRecord = times?.upperBound
    batch.files.append(file)
    batch.deadLetters += progress.badUnits.map { DeadLetter($0, in: progress.path) }
    batch.notTaken = Array(notTaken.values)
    deliver(batch)
    discard()
  }

  func discard() {
    batch = RowBatch()
    notTaken = [:]
    times = nil
    weight = 0
  }

  private func note(_ time: Timestamp?) {
    guard let time else { return }
    times = min(times?.lowerBound ?? time, time)...max(times?.upperBound ?? time, time)
  }
}

extension SourceFile {
  init(_ progress: FileProgress) {
    self.init(
      path: progress.path, state: progress.state.rawValue, offset: progress.offset,
      size: progress.size, records: progress.records, reason: progress.reason,
      checkpoint: progress.checkpoint)
    format = progress.format
    // What is named like a job's is told from logs.
    if !format.isEmpty, RowFileName.matches(path) {
      format = RowFileName.isRows(path) ? "rows" : "progress"
    }
    generation = Int(clamping: progress.generation)
    content = progress.content
  }
}

extension DeadLetter {
  init(_ bad: BadUnit, in path: String) {
    self.init(path: path, offset: bad.offset, reason: bad.sentence, head: bad.head)
  }
}

extension StoredRecord {
  /// A record as it is kept.
  fileprivate init(_ record: CloudTrailRecord, from path: String) {
    let identity = record.identity
    self.init(
      contentHash: identity.contentHash, time: record.time ?? TimelessEvents.time, source: path,
      sourcetype: record.sourceType.rawValue, raw: Array(record.rawBytes))
    eventID = identity.eventID?.string
    amends = record.amendedEventID
    sharedID = record.sharedEventID
  }

  /// The event that the record was when it was read; nil where its text can no longer be read.
  var event: Event? {
    guard let type = SourceType(rawValue: sourcetype) else { return nil }
    do throws(JSONProblem) {
      let record = CloudTrailRecord(try JSONDocument(raw).root, sourceType: type)
      var event = record.event(source: source, host: Settings.host)
      // One whose time cannot be read has that of the window that it is kept in.
      event.time = event.time ?? time
      return event
    } catch {
      return nil
    }
  }
}

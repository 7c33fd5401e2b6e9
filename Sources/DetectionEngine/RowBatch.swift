package import Events
package import Findings
package import Streaming

/// What a reader thread hands to the engine: what records give to rows, how far files are read,
/// and what could not be read.
///
/// One batch is one transaction.
package struct RowBatch: Sendable {
  /// A record that at least one rule has something of.
  package struct Record: Sendable {
    package var identity: RecordIdentity
    package var stored: StoredRecord
  }

  /// What one rule has of one record.
  package struct Hit: Sendable {
    package var planHash: String
    /// Index into `records`.
    package var record: Int
    package var contributions: [Contribution] = []
    /// BY fields whose null made Splunk, and us, drop a row, once for each row.
    package var dropped: [Text] = []
    package var truncations = 0
  }

  package var records: [Record] = []
  package var hits: [Hit] = []
  package var files: [SourceFile] = []
  package var deadLetters: [DeadLetter] = []
  /// What answers have told of scans, and who pushed which image: known whatever rules are on.
  package var scans: [ScanPage] = []
  package var pushes: [ImagePush] = []
  /// What is known otherwise now of files by their digests.
  package var integrity: [FileIntegrity] = []
  package var integrityForgotten: [String] = []
  /// Rows that jobs wrote, and what they say of their batches.
  package var jobRows: [JobRow] = []
  package var jobBatches: [JobBatch] = []
  package var notTaken: [RowsNotTaken] = []

  package init() {}

  /// Whether there is nothing to commit.
  package var isEmpty: Bool {
    hits.isEmpty && files.isEmpty && deadLetters.isEmpty && integrity.isEmpty
      && integrityForgotten.isEmpty && jobRows.isEmpty && jobBatches.isEmpty
      && notTaken.isEmpty && scans.isEmpty && pushes.isEmpty
  }
}

extension RowBatch {
  /// Adds what another batch has, so that both are committed at once.
  package mutating func append(_ other: RowBatch) {
    if isEmpty, records.isEmpty {
      self = other
      return
    }
    let shift = records.count
    records += other.records
    hits += other.hits.map { hit in
      var hit = hit
      hit.record += shift
      return hit
    }
    files += other.files
    deadLetters += other.deadLetters
    jobRows += other.jobRows
    jobBatches += other.jobBatches
    notTaken += other.notTaken
    scans += other.scans
    pushes += other.pushes
    // Of one file the last word counts.
    let renewed = Set(other.integrity.map(\.path)).union(other.integrityForgotten)
    integrity = integrity.filter { !renewed.contains($0.path) } + other.integrity
    integrityForgotten =
      integrityForgotten.filter { !renewed.contains($0) } + other.integrityForgotten
  }
}

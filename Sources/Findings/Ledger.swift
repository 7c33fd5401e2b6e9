package import Events

/// Group state's name: a rule's compiled plan, a window, a key.
package struct GroupID: Hashable, Sendable {
  /// Hash of rule id and compiled plan: an edited rule starts afresh.
  package var plan: String
  package var window: Window
  package var key: [UInt8]

  package init(plan: String, window: Window, key: [UInt8]) {
    self.plan = plan
    self.window = window
    self.key = key
  }
}

/// A record that a plan has counted in a window; a second copy is not counted again.
package struct SeenRecord: Hashable, Sendable {
  package var plan: String
  package var window: Window
  /// The eventID, or empty where the record has none.
  package var eventID: String
  package var contentHash: [UInt8]

  package init(plan: String, window: Window, eventID: String, contentHash: [UInt8]) {
    self.plan = plan
    self.window = window
    self.eventID = eventID
    self.contentHash = contentHash
  }
}

/// A record that contributed to a row, kept so that the log file may go.
package struct StoredRecord: Equatable, Sendable {
  package var contentHash: [UInt8]
  package var time: Timestamp
  /// The file it was read from, as the user would name it; `source` of the event.
  package var source: String
  package var sourcetype: String
  /// The record's own text, unwrapped from its envelope.
  package var raw: [UInt8]
  /// Names by which records are linked, told when it is stored: its eventID, that of the record it
  /// amends, and its sharedEventID.
  package var eventID: String?
  package var amends: String?
  package var sharedID: String?

  package init(
    contentHash: [UInt8], time: Timestamp, source: String, sourcetype: String, raw: [UInt8]
  ) {
    self.contentHash = contentHash
    self.time = time
    self.source = source
    self.sourcetype = sourcetype
    self.raw = raw
  }
}

/// How far a followed file has been read, and what the Sources view says of it.
package struct SourceFile: Equatable, Sendable {
  package var path: String
  /// `following`, `complete`, `incomplete`, `unreadable`, `gone`.
  package var state: String
  /// Bytes taken and bytes there.
  package var offset: Int64
  package var size: Int64
  /// Records read from it, matched or not.
  package var records: Int64
  package var reason: String?
  /// Ingest's own account of the file; opaque here.
  package var checkpoint: [UInt8]
  /// `lines`, `document`, `gzip`, of a job `rows`, `progress`; empty where nothing was read yet.
  package var format = ""
  /// How often the file at this path turned out to be another one.
  package var generation = 0
  /// SHA-256 of a document that was read whole; empty for lines.
  package var content: [UInt8] = []
  /// Event times of the oldest and the newest record that rules have looked at.
  package var firstRecord: Timestamp?
  package var lastRecord: Timestamp?

  package init(
    path: String, state: String, offset: Int64, size: Int64, records: Int64, reason: String?,
    checkpoint: [UInt8]
  ) {
    self.path = path
    self.state = state
    self.offset = offset
    self.size = size
    self.records = records
    self.reason = reason
    self.checkpoint = checkpoint
  }
}

/// A record that could not be read: it costs itself, never the file.
package struct DeadLetter: Equatable, Sendable {
  package var path: String
  package var offset: Int64
  /// `line 3 is not JSON: ...`, in words for the analyst.
  package var reason: String
  /// The first 256 bytes or so.
  package var head: [UInt8]

  package init(path: String, offset: Int64, reason: String, head: [UInt8]) {
    self.path = path
    self.offset = offset
    self.reason = reason
    self.head = head
  }
}

/// A lookup table as it is after a window of the rule that writes it.
package struct LookupVersion: Equatable, Sendable {
  package var name: String
  package var window: Window
  /// Opaque bytes that begin with a format version; nil where the window leaves the table as it
  /// was.
  package var table: [UInt8]?

  package init(name: String, window: Window, table: [UInt8]?) {
    self.name = name
    self.window = window
    self.table = table
  }
}

/// What is known of a file by CloudTrail's digests, kept while its directory is followed.
package struct FileIntegrity: Equatable, Sendable {
  /// On disk; the address in S3 of a file that is missing.
  package var path: String
  /// `log` or `digest`.
  package var kind: String
  /// `verified`, `hash only`, `pending`, `MISMATCH`, `missing`, `undigested`, `unreadable`.
  package var state: String
  package var reason: String?
  /// The path of the digest that decided.
  package var digest: String?
  /// The end of a digest's hour; of a log file the time in its name.
  package var time: Timestamp?
  /// SHA-256 of what the file holds, inflated; empty where it was not read.
  package var hash: [UInt8] = []
  /// The address in S3 that a digest gives it.
  package var object: String?
  /// The file as it was when it was read: opaque here.
  package var stamp: [UInt8] = []
  /// How often it was told that something is wrong with it, or no longer.
  package var turn = 0
  /// The event time under which something is wrong with it; nil while nothing is.
  package var raised: Timestamp?

  package init(path: String, kind: String, state: String) {
    self.path = path
    self.kind = kind
    self.state = state
  }
}

/// Everything that one step of the engine changes; committed together or not at all.
package struct Changes: Equatable, Sendable {
  /// Group state to write, by id; opaque bytes that begin with a format version.
  package var groups: [GroupID: [UInt8]] = [:]
  /// Rows that qualify now, new or changed; risk events that a row has no more go with the change.
  package var rows: [ResultRow] = []
  /// Rows that no longer qualify; their risk events go with them.
  package var withdrawn: [RowID] = []
  package var riskEvents: [RiskEvent] = []
  package var seen: [SeenRecord] = []
  /// Group state to delete.
  package var forgotten: [GroupID] = []
  package var lookups: [LookupVersion] = []
  package var records: [StoredRecord] = []
  package var files: [SourceFile] = []
  package var deadLetters: [DeadLetter] = []
  /// What answers have told of scans, whatever rules made of it, and who pushed which image.
  package var scans: [ScanPage] = []
  package var pushes: [ImagePush] = []
  package var integrity: [FileIntegrity] = []
  /// Paths of which nothing more has to be known.
  package var integrityForgotten: [String] = []
  /// How far jobs have told of rows.
  package var rowVersions: [RowVersion] = []
  package var jobBatches: [JobBatch] = []
  /// Rows of jobs that nothing became of, to be added to those before.
  package var notTaken: [RowsNotTaken] = []
  /// Ids of rules of which all rows have been taken meanwhile.
  package var takenSince: [String] = []
  /// Seconds since 1970 by the wall clock: retention counts from here.
  package var changedAt = Timestamp(seconds: 0)

  package init() {}
}

/// The engine's side of the store: what it needs to know, and where its work becomes lasting.
package protocol Ledger: Sendable {
  /// The state of a group, or nil where there is none yet.
  func group(_ id: GroupID) throws -> [UInt8]?
  /// Every group state of a plan in a window.
  func groups(of plan: String, in window: Window) throws -> [GroupID: [UInt8]]
  /// The newest version of a lookup table of a window before some window, or the newest of all;
  /// nil where there is none.
  func lookupTable(_ name: String, before window: Window?) throws -> [UInt8]?
  /// How far jobs have told of rows; nothing of a row that no job has told of.
  func rowVersions(of rows: [RowID]) throws -> [RowID: RowVersion]
  /// Those of `records` that are in the store already.
  func seen(_ records: [SeenRecord]) throws -> Set<SeenRecord>
  /// One transaction.
  func commit(_ changes: Changes) throws
  /// Risk events of a time range, both ends included, as last committed.
  func riskEvents(in range: TimeRange) throws -> [RiskEvent]
  /// The files as last committed: where to go on.
  func files() throws -> [SourceFile]
}

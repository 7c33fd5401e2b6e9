package import Events

/// A row that a job made of records that never were here, as a row file tells it.
///
/// Of one (rule, window, key) the highest version is the row; roles, identity, message and risk
/// are made here, by the rule that is loaded.
package struct JobRow: Equatable, Sendable {
  package var ruleID: String
  /// The rule's name where the job was compiled.
  package var rule: String
  /// The hash of the search that the job was compiled from.
  package var plan: String
  package var window: Window
  /// The BY values in their order: null or text.
  package var key: [Value]
  package var version: Int64
  /// Nil of a row that qualified in an earlier version and does not any more.
  package var content: RowContent?
  /// The contributing records that the job was told to keep, the newest first.
  package var records: [StoredRecord] = []

  package init(
    ruleID: String, rule: String, plan: String, window: Window, key: [Value], version: Int64,
    content: RowContent?
  ) {
    self.ruleID = ruleID
    self.rule = rule
    self.plan = plan
    self.window = window
    self.key = key
    self.version = version
    self.content = content
  }
}

/// What is known of a row apart from its name and what a rule's sidecar makes of it.
package struct RowContent: Equatable, Sendable {
  /// Events that the row counts.
  package var count: Int
  /// Event times of the oldest and the newest contributing event.
  package var first: Timestamp
  package var last: Timestamp
  /// The search's own columns in the search's own order, and as many values.
  package var columns: [Text] = []
  package var values: [Value] = []
  /// Other fields of the newest contributing event before `stats`.
  package var sample: [Text: Value] = [:]
  package var marks: [String] = []

  package init(count: Int, first: Timestamp, last: Timestamp) {
    self.count = count
    self.first = first
    self.last = last
  }
}

/// How far jobs have told of a row: what is not newer changes nothing.
package struct RowVersion: Equatable, Sendable {
  package var row: RowID
  package var window: Window
  package var version: Int64
  /// Whether the row qualifies in that version.
  package var stands: Bool

  package init(row: RowID, window: Window, version: Int64, stands: Bool) {
    self.row = row
    self.window = window
    self.version = version
    self.stands = stands
  }
}

/// What a job says of one of its batches; told again it is the same batch.
package struct JobBatch: Equatable, Sendable {
  /// Where the job writes: one job a directory.
  package var directory: String
  package var number: Int64
  /// When it was done, by the job's clock.
  package var at: Timestamp
  package var files: Int64
  package var records: Int64
  /// Records that do not parse, and those behind the watermark; the job has written them aside.
  package var dead: Int64
  package var late: Int64
  /// Time of the newest event of the batch; nil where it had none.
  package var newest: Timestamp?

  package init(
    directory: String, number: Int64, at: Timestamp, files: Int64, records: Int64, dead: Int64,
    late: Int64, newest: Timestamp?
  ) {
    self.directory = directory
    self.number = number
    self.at = at
    self.files = files
    self.records = records
    self.dead = dead
    self.late = late
    self.newest = newest
  }
}

/// Rows that nothing became of, because no rule of that id runs here.
package struct RowsNotTaken: Equatable, Sendable {
  package var ruleID: String
  /// The rule's name where the job was compiled.
  package var rule: String
  package var rows: Int

  package init(ruleID: String, rule: String, rows: Int) {
    self.ruleID = ruleID
    self.rule = rule
    self.rows = rows
  }
}

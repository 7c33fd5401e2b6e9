internal import GRDB

/// The database's tables, in named steps that each state has behind it or before it.
struct Schema: Sendable {
  struct Step: Sendable {
    var name: String
    var statements: [String]
  }

  /// A step that has been released is never changed; new ones come after it.
  var steps: [Step]

  static let current = Schema(steps: [
    Step(
      name: "1 rows, risk, groups, files, triage, retention",
      statements: words + sightings + engine + analyst),
    Step(name: "2 lookup tables that rules write", statements: lookups),
    Step(name: "3 log integrity, what lists tell of files", statements: integrity + sources),
    Step(name: "4 names by which records find each other", statements: links),
    Step(name: "5 rows that jobs wrote", statements: jobs),
    Step(name: "6 scans of images, tags, pushes", statements: scans),
    Step(
      name: "7 running counts, fewer indexes", statements: counts + Recount.statements(riskApart)),
    Step(name: "8 risk and records with their rows", statements: together),
    Step(name: "9 counts of images, sources, tactics", statements: places + Recount.listed),
  ])

  private var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for step in steps {
      migrator.registerMigration(step.name) { database in
        for statement in step.statements { try database.execute(sql: statement) }
      }
    }
    return migrator
  }

  /// Brings a database that this version may write to this version's tables.
  ///
  /// A state with something in it is copied beside itself before it is changed.
  func prepare(_ pool: DatabasePool, _ place: StateDirectory) throws {
    let applied = try pool.read { database in
      try refuseNewer(database, place)
      return try migrator.appliedIdentifiers(database)
    }
    guard applied.count < steps.count else { return }
    if !applied.isEmpty { try backUp(pool, place) }
    try migrator.migrate(pool)
  }

  /// For a viewer, which cannot bring an older state to its own tables.
  func refuseOther(_ database: Database, _ place: StateDirectory) throws {
    try refuseNewer(database, place)
    guard try migrator.hasCompletedMigrations(database) else {
      throw StorageProblem.older(path: place.database)
    }
  }

  private func refuseNewer(_ database: Database, _ place: StateDirectory) throws {
    guard try !migrator.hasBeenSuperseded(database) else {
      throw StorageProblem.newer(path: place.database)
    }
  }

  private func backUp(_ pool: DatabasePool, _ place: StateDirectory) throws {
    let copy = place.backup
    try place.prepareFile(copy)
    try pool.backup(to: DatabaseQueue(path: copy))
  }

  /// Texts, lists of field names and findings, each once: the large tables hold their numbers.
  private static let words = [
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value ANY) STRICT",
    "CREATE TABLE terms (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE shapes (id INTEGER PRIMARY KEY, names BLOB NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE findings (
      pk INTEGER PRIMARY KEY, id ANY NOT NULL UNIQUE, identity BLOB NOT NULL,
      name INTEGER, repository INTEGER) STRICT
    """,
  ]

  /// Rows with what panes ask of them apart from what is read one row at a time (`bodies`).
  private static let sightings = [
    """
    CREATE TABLE rows (
      pk INTEGER PRIMARY KEY, id ANY NOT NULL UNIQUE, rule INTEGER NOT NULL,
      rule_id INTEGER NOT NULL, window INTEGER NOT NULL, count INTEGER NOT NULL,
      first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, finding_pk INTEGER NOT NULL,
      shape INTEGER NOT NULL, severity_rank INTEGER NOT NULL, repository INTEGER, image INTEGER,
      finding INTEGER, severity INTEGER, package INTEGER, version INTEGER, user INTEGER,
      source INTEGER, account INTEGER, region INTEGER, session INTEGER, description INTEGER,
      agent INTEGER) STRICT
    """,
    "CREATE INDEX rows_by_time ON rows (last_seen)",
    "CREATE INDEX rows_by_finding ON rows (finding_pk, last_seen, severity_rank)",
    // In this order the distinct pairs of every repository are read off, without sorting.
    """
    CREATE INDEX rows_by_repository ON rows (repository, severity, image, finding, last_seen)
    """,
    "CREATE INDEX rows_by_image ON rows (image, last_seen)",
    "CREATE INDEX rows_by_name ON rows (finding, last_seen)",
    "CREATE INDEX rows_by_user ON rows (user, last_seen)",
    "CREATE INDEX rows_by_rule ON rows (rule, last_seen)",
    "CREATE TABLE bodies (row INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT",
    """
    CREATE TABLE row_records (
      row INTEGER NOT NULL, ordinal INTEGER NOT NULL, hash BLOB NOT NULL,
      PRIMARY KEY (row, ordinal)) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE records (
      pk INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, time INTEGER NOT NULL,
      source INTEGER NOT NULL, sourcetype INTEGER NOT NULL, raw BLOB NOT NULL) STRICT
    """,
    "CREATE INDEX records_by_time ON records (time)",
    """
    CREATE TABLE risk_events (
      pk INTEGER PRIMARY KEY, id ANY NOT NULL UNIQUE, row INTEGER NOT NULL,
      rule INTEGER NOT NULL, window INTEGER NOT NULL, time INTEGER NOT NULL,
      object INTEGER NOT NULL, object_type INTEGER NOT NULL, score INTEGER NOT NULL,
      tactics INTEGER, shape INTEGER NOT NULL, body BLOB NOT NULL) STRICT
    """,
    "CREATE INDEX risk_by_row ON risk_events (row, score)",
    "CREATE INDEX risk_by_object ON risk_events (object, object_type, time, score)",
    "CREATE INDEX risk_by_time ON risk_events (time, object, object_type, score)",
  ]

  /// What the engine and the readers go on from.
  private static let engine = [
    """
    CREATE TABLE groups (
      plan INTEGER NOT NULL, window INTEGER NOT NULL, key BLOB NOT NULL, state BLOB NOT NULL,
      PRIMARY KEY (plan, window, key)) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE seen (
      plan INTEGER NOT NULL, window INTEGER NOT NULL, event TEXT NOT NULL, hash BLOB NOT NULL,
      PRIMARY KEY (plan, window, event, hash)) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE windows (start INTEGER PRIMARY KEY, changed INTEGER NOT NULL) STRICT",
    """
    CREATE TABLE files (
      path TEXT PRIMARY KEY, state TEXT NOT NULL, offset INTEGER NOT NULL,
      size INTEGER NOT NULL, records INTEGER NOT NULL, reason TEXT,
      checkpoint BLOB NOT NULL) STRICT
    """,
    """
    CREATE TABLE dead_letters (
      pk INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, offset INTEGER NOT NULL,
      reason TEXT NOT NULL, head BLOB NOT NULL) STRICT
    """,
  ]

  /// Tables as windows left them; none for a window that left a table as it was.
  private static let lookups = [
    """
    CREATE TABLE lookup_tables (
      name TEXT NOT NULL, window INTEGER NOT NULL, body BLOB NOT NULL,
      PRIMARY KEY (name, window)) STRICT, WITHOUT ROWID
    """
  ]

  /// What is known of files by CloudTrail's digests.
  private static let integrity = [
    """
    CREATE TABLE integrity (
      path TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, digest TEXT,
      time INTEGER, hash BLOB NOT NULL, object TEXT, stamp BLOB NOT NULL, turn INTEGER NOT NULL,
      raised INTEGER) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX integrity_by_state ON integrity (state)",
  ]

  /// What the list of files tells beside how far each was read.
  private static let sources = [
    "ALTER TABLE files ADD COLUMN format TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE files ADD COLUMN generation INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE files ADD COLUMN content BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE files ADD COLUMN first_record INTEGER",
    "ALTER TABLE files ADD COLUMN last_record INTEGER",
    // When something was last read, and records a second since `rate_from`.
    "ALTER TABLE files ADD COLUMN read_at INTEGER",
    "ALTER TABLE files ADD COLUMN rate REAL NOT NULL DEFAULT 0",
    "ALTER TABLE files ADD COLUMN rate_from INTEGER",
    "ALTER TABLE files ADD COLUMN rate_records INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX dead_letters_by_path ON dead_letters (path)",
  ]

  /// Names by which records that are kept find each other; gone with the record.
  private static let links = [
    "ALTER TABLE records ADD COLUMN event TEXT",
    "CREATE INDEX records_by_event ON records (event) WHERE event IS NOT NULL",
    """
    CREATE TABLE record_links (
      hash BLOB NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
      PRIMARY KEY (hash, kind, name)) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX record_links_by_name ON record_links (name, kind)",
    """
    CREATE TRIGGER record_links_go AFTER DELETE ON records BEGIN
      DELETE FROM record_links WHERE hash = old.hash;
    END
    """,
  ]

  /// How far jobs have told of rows, what they say of their batches, and rows of rules that do not
  /// run here.
  private static let jobs = [
    """
    CREATE TABLE row_versions (
      row ANY PRIMARY KEY, window INTEGER NOT NULL, version INTEGER NOT NULL,
      stands INTEGER NOT NULL) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX row_versions_by_window ON row_versions (window)",
    """
    CREATE TABLE job_batches (
      directory TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL,
      files INTEGER NOT NULL, records INTEGER NOT NULL, dead INTEGER NOT NULL,
      late INTEGER NOT NULL, newest INTEGER,
      PRIMARY KEY (directory, number)) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE rows_not_taken (
      rule_id TEXT PRIMARY KEY, rule TEXT NOT NULL, rows INTEGER NOT NULL) STRICT, WITHOUT ROWID
    """,
  ]

  /// Scans as far as they have been seen, and which tags images have had; texts by their numbers.
  private static let scans = [
    """
    CREATE TABLE scans (
      pk INTEGER PRIMARY KEY, repository INTEGER NOT NULL, account INTEGER NOT NULL,
      region INTEGER NOT NULL, image INTEGER NOT NULL, completed INTEGER NOT NULL,
      seen INTEGER NOT NULL, total INTEGER, is_complete INTEGER NOT NULL,
      changed INTEGER NOT NULL, UNIQUE (repository, account, region, image, completed)) STRICT
    """,
    "CREATE INDEX scans_by_image ON scans (image, completed)",
    "CREATE INDEX scans_by_change ON scans (changed)",
    "CREATE TABLE scan_bodies (scan INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT",
    // When an image was seen under a tag, first and last.
    """
    CREATE TABLE image_tags (
      repository INTEGER NOT NULL, account INTEGER NOT NULL, region INTEGER NOT NULL,
      tag INTEGER NOT NULL, image INTEGER NOT NULL, first INTEGER NOT NULL,
      last INTEGER NOT NULL, PRIMARY KEY (repository, account, region, tag, image)
      ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX image_tags_by_image ON image_tags (image)",
    """
    CREATE TABLE pushes (
      image INTEGER NOT NULL, repository INTEGER NOT NULL, account INTEGER NOT NULL,
      region INTEGER NOT NULL, time INTEGER NOT NULL, tag INTEGER NOT NULL, user INTEGER NOT NULL,
      PRIMARY KEY (image, repository, account, region, time, tag, user)) STRICT, WITHOUT ROWID
    """,
  ]

  /// Counts that are kept by the transaction that changes rows, for what first views show.
  ///
  /// Risk events lose an index: their ids tell their rows, by which they are found.
  private static let counts = [
    """
    CREATE TABLE tallies (
      kind INTEGER NOT NULL, hour INTEGER NOT NULL, key INTEGER NOT NULL, other INTEGER NOT NULL,
      n INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
      PRIMARY KEY (kind, hour, key, other)) STRICT, WITHOUT ROWID
    """,
    "ALTER TABLE findings ADD COLUMN first_seen INTEGER",
    "ALTER TABLE findings ADD COLUMN last_seen INTEGER",
    "ALTER TABLE findings ADD COLUMN rank INTEGER",
    "DROP INDEX rows_by_repository",
    "CREATE INDEX rows_by_repository ON rows (repository, last_seen, window)",
    "DROP INDEX rows_by_image",
    // The last sighting of a pair is at the end of its part of the index.
    "CREATE INDEX rows_by_image ON rows (image, finding, severity, last_seen, repository)",
    "DROP INDEX rows_by_rule",
    """
    CREATE TABLE new_risk_events (
      pk INTEGER PRIMARY KEY, id ANY NOT NULL, row INTEGER NOT NULL,
      rule INTEGER NOT NULL, window INTEGER NOT NULL, time INTEGER NOT NULL,
      object INTEGER NOT NULL, object_type INTEGER NOT NULL, score INTEGER NOT NULL,
      tactics INTEGER, shape INTEGER NOT NULL, body BLOB NOT NULL) STRICT
    """,
    "INSERT INTO new_risk_events SELECT * FROM risk_events",
    "DROP TABLE risk_events",
    "ALTER TABLE new_risk_events RENAME TO risk_events",
    "CREATE INDEX risk_by_row ON risk_events (row, score)",
    "CREATE INDEX risk_by_object ON risk_events (object, object_type, time, score)",
    "CREATE INDEX risk_by_time ON risk_events (time)",
    "CREATE INDEX findings_by_last ON findings (last_seen DESC, rank DESC, id)",
  ]

  /// What a row has one of, or for itself alone, with the row: fewer entries for each.
  ///
  /// Risk of a row's own user at the time of the row is in the row (`score`, `risk_shape`), its text
  /// in the body; `risk_events` has all other, and what was written before. Hashes of records stand
  /// in the body, each with its length before. The findings last seen are read off the rows' times.
  private static let together = [
    "ALTER TABLE rows ADD COLUMN score INTEGER",
    "ALTER TABLE rows ADD COLUMN risk_shape INTEGER",
    "ALTER TABLE shapes ADD COLUMN tactics INTEGER",
    "ALTER TABLE bodies ADD COLUMN records BLOB",
    "ALTER TABLE bodies ADD COLUMN risk_id ANY",
    "ALTER TABLE bodies ADD COLUMN risk BLOB",
    """
    UPDATE bodies SET records = (
      SELECT CAST(group_concat(char(length(hash)) || hash, '') AS BLOB) FROM (
        SELECT hash FROM row_records x WHERE x.row = bodies.row ORDER BY ordinal))
    WHERE row IN (SELECT row FROM row_records)
    """,
    "DROP TABLE row_records",
    "DROP INDEX findings_by_last",
    "DROP INDEX rows_by_time",
    "CREATE INDEX rows_by_time ON rows (last_seen, finding_pk)",
  ]

  /// Images in repositories, 0 for none, by which tallies count.
  private static let places = [
    """
    CREATE TABLE image_places (
      pk INTEGER PRIMARY KEY, image INTEGER NOT NULL, repository INTEGER NOT NULL,
      UNIQUE (image, repository)) STRICT
    """,
    // Images by repository, which the places tell too.
    "DELETE FROM tallies WHERE kind = 10",
  ]

  /// Risk as it was before some of it was in rows.
  private static func riskApart(_ columns: String, _ condition: String) -> String {
    "SELECT \(columns) FROM risk_events e WHERE \(condition)"
  }

  /// What people say; kept whatever becomes of the rows.
  private static let analyst = [
    """
    CREATE TABLE triage (
      finding INTEGER PRIMARY KEY, status TEXT NOT NULL, owner TEXT, urgency TEXT,
      disposition TEXT NOT NULL, comment TEXT, by TEXT, at INTEGER) STRICT
    """,
    """
    CREATE TABLE triage_log (
      number INTEGER PRIMARY KEY AUTOINCREMENT, batch INTEGER NOT NULL, finding INTEGER NOT NULL,
      cause TEXT NOT NULL, detail ANY, by TEXT, undone INTEGER NOT NULL, before BLOB NOT NULL,
      after BLOB NOT NULL) STRICT
    """,
    "CREATE INDEX triage_log_by_finding ON triage_log (finding)",
    "CREATE INDEX triage_log_by_batch ON triage_log (batch)",
    // Images that a finding had when it was closed.
    """
    CREATE TABLE triage_images (
      finding INTEGER NOT NULL, image INTEGER NOT NULL, PRIMARY KEY (finding, image)
      ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE suppressions (
      number INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT, term TEXT NOT NULL,
      filter BLOB NOT NULL, reason TEXT NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL,
      expires INTEGER) STRICT
    """,
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
  ]
}

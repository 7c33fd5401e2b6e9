import DetectionEngine
import Detections
import Events
import Findings
import Testing

/// Rules and a store, and what comes of records that are put in.
struct Floor {
  let rules: RuleSet
  let ledger = MemoryLedger()
  static let library = RuleLibrary()

  /// The built-in rule for container findings.
  init() throws { try self.init([Self.builtIn()]) }

  init(_ rules: [Rule]) throws { self.rules = RuleSet(try rules.map { try EngineRule($0) }) }

  static func builtIn() throws -> Rule {
    try #require(library.rule(named: "aws_ecr_container_scanning_findings_high")?.rule)
  }

  /// A rule of a test's own.
  static func rule(_ text: String, sidecar: String? = nil) throws -> Rule {
    let files =
      [TextFile(path: "a.yml", text: text)]
      + [sidecar.map { TextFile(path: "a.roles.yml", text: $0) }].compactMap { $0 }
    let loaded = try #require(RuleLibrary(rules: files, macros: [Pack.macros]).rules.first)
    #expect(loaded.problems.map(\.rendered).isEmpty, "\(loaded.problems.map(\.rendered))")
    return try #require(loaded.rule)
  }

  /// Rules of searches of a test's own, in this order.
  ///
  /// They are named `r0`, `r1`, ...; each raises 10 for `user_name` and for `user`.
  static func rules(_ searches: [String], lookups: [TextFile] = []) throws -> [Rule] {
    let files = searches.enumerated().map { index, search in
      TextFile(
        path: "r\(index).yml",
        text: """
          name: r\(index)
          id: id-\(index)
          type: Anomaly
          search: '\(search.replacing("'", with: "''"))'
          rba:
            message: $user_name$ $user$
            risk_objects:
              - {field: user_name, type: user, score: 10}
              - {field: user, type: user, score: 10}
          """)
    }
    let library = RuleLibrary(
      rules: files, macros: [Pack.macros],
      tables: UserTables(folder: "lookups/", files: lookups))
    return try library.rules.map { loaded in
      #expect(loaded.problems.map(\.rendered).isEmpty, "\(loaded.problems.map(\.rendered))")
      return try #require(loaded.rule)
    }
  }

  func engine(_ limits: Engine.Limits = Engine.Limits()) -> Engine {
    Engine(rules, ledger: ledger, techniques: Self.library.techniques, limits: limits)
  }

  /// Applies each list of scans as a batch of its own.
  @discardableResult
  func apply(_ batches: [[Scan]], now: Timestamp = Scan.noon) throws -> Engine {
    var engine = engine()
    for batch in batches { try engine.apply(RowBatch(batch, rules: rules), now: now) }
    return engine
  }

  /// Raises what waits for a time that has come.
  func settle(_ engine: inout Engine, now: Timestamp) throws {
    while try engine.evaluateWindow(now: now) != nil {}
    while try engine.evaluateIncidents(now: now) {}
  }

  /// By key, bytewise.
  var rows: [ResultRow] {
    ledger.contents.rows.values.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  func risk(of user: String) -> Int {
    ledger.contents.riskEvents.values.filter { $0.object == user }.map(\.score).reduce(0, +)
  }
}

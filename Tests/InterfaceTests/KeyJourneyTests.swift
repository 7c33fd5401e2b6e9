import CellGrid
import Events
import Findings
import Interface
import Testing

/// A journey for every key of the table: where it can be used it does something, and every key of a
/// binding does the same.
struct KeyJourneys {
  /// A screen on which the command can be used; nil where nobody has thought of one.
  private func prepared(_ binding: Binding) -> Session? {
    binding.scene == .text ? preparedText(binding.command) : preparedList(binding.command)
  }

  private func preparedList(_ command: Command) -> Session? {
    var session = Session()
    switch command {
    case .down, .pageDown, .last, .left, .right, .nextPane, .previousPane, .open, .repository,
      .filter, .palette, .export, .sort, .time, .follow, .earlier, .later, .shift, .suppress,
      .suppressions, .undo, .history, .copy, .report, .rules, .files, .attack, .theme, .forget,
      .refresh, .repaint, .suspend, .help, .quit, .grow, .shrink:
      break
    case .up, .pageUp, .first: session.type("jj")
    case .leave: session.press(.enter)
    case .back: session.press(.enter)
    case .forward:
      session.press(.enter)
      session.type("[")
    case .user, .sessions: session.press(.tab)
    case .finding, .mark, .markAll, .triage, .json: session.press(.backTab)
    case .image: session = Session(view: .finding("CVE-2026-21001", repository: nil))
    case .source: session = Session(view: .finding("CVE-2026-21001", repository: nil))
    case .next, .previous:
      session = Session(view: .row(RowID(digits: "r2")))
      session.type("/e")
      session.press(.enter)
    case .wrap: session = Session(view: .search("index=risk"))
    case .turnRule, .backfill: session = Session(view: .rules)
    }
    if command == .forget { session.type("L") }
    return session
  }

  private func preparedText(_ command: Command) -> Session? {
    var session = Session(view: .row(RowID(digits: "r2")))
    switch command {
    case .open, .left: session.type("Jj")
    case .right:
      session.type("Jj")
      session.press(.left)
    case .filter, .wrap: break
    default: return nil
    }
    return session
  }

  @Test func everyKeyDoesSomethingAndItsTwinsTheSame() {
    for binding in Bindings.all {
      guard let session = prepared(binding) else {
        Issue.record("no journey for \(binding.command) in \(binding.scene)")
        continue
      }
      let results = binding.keys.map { key in
        var session = session
        session.press(key)
        return session
      }
      for (key, result) in zip(binding.keys, results) {
        let isDead =
          result.state == session.state && result.effects == session.effects
          && result.requests == session.requests
        #expect(!isDead, "\(key.label) does nothing")
        #expect(result.state == results[0].state, "\(key.label) does something else")
        #expect(result.effects == results[0].effects, "\(key.label) wants something else")
      }
    }
  }

  @Test func noMenuSwallowsTheKeyThatLeavesIt() {
    for key: Character in ["?", "t", "S", "e", "y", "z", "T", ":", "/", "a"] {
      var session = Session()
      session.press(.backTab)
      let before = session.state.frame(session.state.size)
      session.press(.character(key))
      #expect(session.state.overlay != nil, "\(key)")
      session.press(.escape)
      #expect(session.state.overlay == nil, "\(key)")
      #expect(session.state.frame(session.state.size) == before, "\(key)")
    }
  }
}

/// The three jobs of a shift from a cold start, by the keyboard alone; docs/terminal.md has the
/// counts.
struct JobJourneys {
  /// A new HIGH finding: which repository, which package, who looked.
  @Test func aNewFindingTellsItsRepositoryItsPackageAndItsReadersInTwoKeys() {
    var session = Session()
    session.press(.backTab)
    let line = session.screen.split(separator: "\n").first { $0.contains("▸ 14:00:11") }
    #expect(line?.contains("payments/api") == true && line?.contains("openssl 3.0.11") == true)
    session.press(.enter)
    #expect(session.screen.contains("deploy-bot"))
    #expect(session.screen.contains("203.0.113.7"))
  }

  /// User `test` crossed the threshold: why, from where, since when.
  @Test func aUserOverTheThresholdIsExplainedInThreeKeys() {
    var session = Session()
    session.press(.tab)
    session.type("j")
    session.press(.enter)
    #expect(session.state.view == .user("test"))
    for words in ["tactics", "sources", "first seen", "risk 100 in 24 hours"] {
      #expect(session.screen.contains(words), "\(words)")
    }
  }

  /// All findings of a repository but the CRITICAL ones are closed with a comment.
  @Test func aRepositorysOtherFindingsAreClosedWithAComment() throws {
    var session = Session()
    session.press(.enter)
    session.type("/NOT severity=CRITICAL")
    session.press(.enter)
    session.type("Aa")
    session.type("c")
    session.press(.up)
    session.type("patched")
    session.press(.enter)
    let move = try #require(
      session.effects.compactMap { effect in
        if case .triage(let move) = effect { move } else { nil }
      }.first)
    #expect(move.findings.count == Fixture.findings.count, "all that the store has listed")
    #expect(move.change.status == .closed && move.change.comment == .set("patched"))
    let filtered = session.requests.last { if case .findings = $0 { true } else { false } }
    guard case .findings(let query)? = filtered else { return }
    #expect(query.filter == .not(.matches(.severity, pattern: "CRITICAL")))
    #expect(query.scope == [.repository: "payments/api"])
  }
}

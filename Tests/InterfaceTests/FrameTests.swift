import CellGrid
import Events
import Findings
import Interface
import TestSupport
import Testing

/// Every view at four sizes; a file for each.
struct ViewFrames {
  static let sizes = [
    Size(width: 200, height: 50), Size(width: 120, height: 36), Size(width: 80, height: 24),
    Size(width: 40, height: 12),
  ]

  private func expectFrames(
    _ view: View, _ name: String, _ change: (inout Session) -> Void = { _ in }
  ) {
    for size in Self.sizes {
      var session = Session(size, view: view)
      change(&session)
      let frame = session.state.frame(size)
      expectGolden(frame.golden, "\(name)-\(size.width)x\(size.height).txt")
    }
  }

  @Test func overview() { expectFrames(.overview, "overview") }
  @Test func repository() { expectFrames(.repository("payments/api"), "repository") }
  @Test func image() { expectFrames(.image(Fixture.digests[0]), "image") }
  @Test func finding() { expectFrames(.finding("CVE-2026-21001", repository: nil), "finding") }
  @Test func user() { expectFrames(.user("test"), "user") }
  @Test func sessions() { expectFrames(.sessions(user: "deploy-bot"), "sessions") }
  @Test func session() {
    expectFrames(.session(user: "deploy-bot", session: "alice@example.org"), "session")
  }
  @Test func record() { expectFrames(.record([1]), "record") }
  @Test func source() { expectFrames(.source("203.0.113.7"), "source") }
  @Test func row() { expectFrames(.row(RowID(digits: "r2")), "row") }
  @Test func drilldown() { expectFrames(.drilldown(Fixture.drilldown), "drilldown") }
  @Test func rules() { expectFrames(.rules, "rules") }
  @Test func rule() { expectFrames(.rule(Fixture.rule.name), "rule") }
  @Test func brokenRule() { expectFrames(.rule("Container Drift"), "rule-broken") }
  @Test func editedRule() {
    expectFrames(.rules, "rules-edited") { $0.send(.rules([Fixture.editedRule])) }
  }
  @Test func searchProblem() {
    expectFrames(.overview, "typed-problem") { $0.type(":index=notable | stts count by user") }
  }
  @Test func files() { expectFrames(.files, "files") }
  @Test func filesOfJobs() {
    for size in Self.sizes {
      var session = Session(
        size, view: .files,
        store: { request in
          guard case .files = request else { return Fixture.answer(request) }
          return .files(Fixture.filesSummaryOfJobs)
        })
      session.send(.changed)
      expectGolden(
        session.state.frame(size).golden, "files-of-jobs-\(size.width)x\(size.height).txt")
    }
  }
  @Test func file() { expectFrames(.file(Fixture.fileLines[0].path), "file") }
  @Test func deadLetter() { expectFrames(.deadLetter(9), "dead-letter") }

  /// The first line alone, in every state of the reading.
  @Test func headers() {
    let progress: [Report.Progress] = [
      .live, .catchingUp(fraction: 0.42, secondsLeft: 95), .viewing(processID: 4711),
      .unattended, .stopped,
    ]
    var lines: [String] = []
    for size in Self.sizes {
      for progress in progress {
        var session = Session(size)
        session.send(.report(Report(progress: progress, files: 1, eventsPerSecond: 0.4)))
        lines.append(header(session))
      }
      var session = Session(size)
      session.send(.asOf(Timestamp(year: 2021, month: 8, day: 11, hour: 11, minute: 52)))
      lines.append(header(session))
      session.type("f")
      lines.append(header(session))
      let problem = "the disk is full: nothing is stored until there is room again"
      session.send(.report(Report(progress: .live, files: 3, deadLetters: 7, problem: problem)))
      session.type("f")
      lines.append(header(session))
    }
    expectGolden(lines.joined(separator: "\n") + "\n", "headers.txt")
  }

  private func header(_ session: Session) -> String {
    session.screen.split(separator: "\n").first.map { "|\($0)" } ?? ""
  }

  @Test func ascii() {
    let size = Size(width: 80, height: 24)
    let session = Session(size, view: .user("test"), isASCII: true)
    expectGolden(session.state.frame(size).golden, "user-ascii-80x24.txt")
  }

  @Test func longPast() {
    for size in Self.sizes {
      var session = Session(size)
      session.send(.asOf(Fixture.clock))
      session.send(.tick(Fixture.clock + 90 * 86_400))
      expectGolden(session.state.frame(size).golden, "past-\(size.width)x\(size.height).txt")
    }
  }

  @Test func heldAndFiltered() {
    let size = Size(width: 120, height: 36)
    var session = Session(size)
    session.type("f")
    session.store = { request in
      guard case .overview = request else { return Fixture.answer(request) }
      var overview = Fixture.overview
      overview.findings += 12
      return .overview(overview)
    }
    session.send(.changed)
    session.press(.tab, .tab)
    session.type("/severity=HIGH colour=red")
    expectGolden(session.state.frame(size).golden, "held-filtered-120x36.txt")
  }

  @Test func narrowAndTall() {
    for (view, name) in [(View.overview, "overview"), (.user("test"), "user")] {
      let size = Size(width: 60, height: 30)
      expectGolden(Session(size, view: view).state.frame(size).golden, "\(name)-60x30.txt")
    }
  }

  @Test func catchingUpOnNothing() {
    let size = Size(width: 80, height: 24)
    var session = Session(size, store: { _ in nil })
    session.send(.report(Report(progress: .catchingUp(fraction: 0.1, secondsLeft: 12), files: 2)))
    expectGolden(session.state.frame(size).golden, "loading-80x24.txt")
  }

  @Test func help() { expectFrames(.overview, "help") { $0.type("?") } }
  @Test func timeMenu() { expectFrames(.overview, "time") { $0.type("t") } }
  @Test func search() {
    expectFrames(.search("index=risk | stats sum(risk_score) as risk by risk_object"), "search")
  }

  @Test func searchThatCannotRun() { expectFrames(.search("| nonsense"), "search-problem") }

  @Test func palette() {
    expectFrames(.overview, "palette") {
      $0.type(":re")
      $0.press(.tab)
    }
  }

  @Test func exportMenu() { expectFrames(.overview, "export") { $0.type("e") } }

  @Test func triageForm() {
    expectFrames(.overview, "triage") {
      $0.press(.backTab)
      $0.type("ar")
      $0.press(.up)
      $0.type("not in use any more")
    }
  }

  @Test func marked() {
    expectFrames(.repository("payments/api"), "marked") { $0.type("  ") }
  }

  @Test func attack() { expectFrames(.attack, "attack") }
  @Test func suppressions() { expectFrames(.suppressions, "suppressions") }

  @Test func suppressForm() {
    expectFrames(.overview, "suppress") {
      $0.type("z")
      $0.type("the team has moved on")
    }
  }

  @Test func timelineCursor() { expectFrames(.overview, "timeline") { $0.type("<<") } }
  @Test func themeMenu() { expectFrames(.overview, "theme") { $0.type("T") } }
  @Test func copyMenu() { expectFrames(.overview, "copy") { $0.type("y") } }

  @Test func history() { expectFrames(.history(.everything), "history") }
  @Test func sortMenu() { expectFrames(.overview, "sort") { $0.type("S") } }
}

import Foundation
import Glibc
import Testing

/// What happens between the command and the dashboard.
@Suite(.timeLimit(.minutes(10))) struct TheOpening {
  @Test func saysWhyThereIsNoDashboardOnATerminalThatIsGivenBack() throws {
    let floor = try Watchfloor()
    try Data().write(to: floor.state)
    let session = try floor.dashboard()
    #expect(session.waitForEnd() == .code(1))
    session.expectGivenBack()
    #expect(session.screen.lines.contains { $0.contains("which a state must not be") })
    #expect(session.screen.strangers == [])
  }

  @Test func keepsWhatIsSaidMeanwhileForTheShell() throws {
    let floor = try Watchfloor()
    let rules = floor.folder.appending(path: "rules")
    try FileManager.default.createDirectory(at: rules, withIntermediateDirectories: true)
    try Data("name: Broken\nsearch: '`cloudtrail` | statz'\n".utf8)
      .write(to: rules.appending(path: "broken.yml"))
    let session = try floor.dashboard(["--rules", rules.path()])
    session.wait(for: "Repositories")
    #expect(!session.screen.lines.contains { $0.contains("broken.yml") })
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    session.expectGivenBack()
    #expect(session.screen.lines.contains { $0.contains("broken.yml") })
  }

  @Test func leadsIntoTheDemo() throws {
    let session = try TerminalSession(
      try TerminalSession.built("watchfloor"), ["demo", "--rate", "50"], columns: 120, rows: 36)
    session.wait(for: "Repositories")
    #expect(session.wait { $0.lines.contains { $0.contains("▸") && $0.contains("/") } })
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    session.expectGivenBack()
    #expect(session.screen.strangers == [])
  }
}

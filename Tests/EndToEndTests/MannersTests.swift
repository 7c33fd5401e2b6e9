import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(10))) struct TerminalManners {
  @Test func signalsThatAskForTheEndGetIt() throws {
    for (signal, code) in [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)] as [(CInt, CInt)] {
      let session = try Rig.started()
      session.signal(signal)
      #expect(session.waitForEnd() == .code(code))
      session.expectGivenBack()
    }
  }

  @Test func crashesGiveTheTerminalBackAndKeepTheirSignal() throws {
    for signal in [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGQUIT] {
      let session = try Rig.started()
      session.signal(signal)
      #expect(session.waitForEnd() == .signal(signal))
      session.expectGivenBack()
      #expect(session.screen.strangers == [])
    }
  }

  @Test func lastWordsAppearWhenTheScreenIsGone() throws {
    let log = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: log) }  // Only a temporary file.
    let session = try Rig.started(["--log", log.path()])
    session.type("!")
    guard case .signal = session.waitForEnd() else {
      Issue.record("a fatal error did not end it by a signal")
      return
    }
    session.expectGivenBack()
    session.wait(for: "Fatal error: the rig was told to crash ?[31m")
    #expect(session.screen.strangers == [])
  }

  @Test func aStackThatOverflowsGivesTheTerminalBack() throws {
    let session = try Rig.started()
    session.type("$")
    #expect(session.waitForEnd() == .signal(SIGSEGV))
    session.expectGivenBack()
  }

  @Test func ctrlZGivesTheTerminalToTheShellAndTakesItAgain() throws {
    let rig = try TerminalSession.built("ScreenRig")
    let session = try TerminalSession(
      "/bin/sh", ["-mc", "'\(rig)'; echo stopped $?; read answer; fg; echo ended $?"])
    session.wait(for: "neutralised")
    session.type("j")
    session.wait(for: "keys: j")
    session.type("\u{1A}")
    session.wait(for: "stopped 148")
    session.expectGivenBack()
    session.type("go on\n")
    #expect(session.wait(until: { $0.isAlternate && $0.text.contains("keys: j") }))
    session.type("q")
    session.wait(for: "ended 0")
    session.expectGivenBack()
  }

  @Test func repaintsAfterSomebodyElseHasStoppedIt() throws {
    let session = try Rig.started()
    session.signal(SIGSTOP)
    session.scribble()
    session.signal(SIGCONT)
    session.wait(for: "neutralised")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    session.expectGivenBack()
  }

  @Test func aTerminalThatIsGoneEndsIt() throws {
    let session = try Rig.started()
    session.hangUp()
    #expect(session.waitForEnd() == .code(129))
  }

  @Test func aTerminalThatTakesNothingDoesNotKeepASignalFromEndingIt() throws {
    let session = try stuck()
    session.signal(SIGTERM)
    #expect([.code(143), .signal(SIGTERM)].contains(session.waitForEnd(reading: false)))
  }

  @Test func aTerminalThatTakesNothingForLongEndsIt() throws {
    let session = try stuck("--patience", "1")
    // While a frame is being sent the alarm ends it, between frames the loop does.
    #expect([.code(129), .signal(SIGTERM)].contains(session.waitForEnd(reading: false)))
  }

  /// A dashboard whose terminal is full, as nobody reads what it sends.
  private func stuck(_ arguments: String...) throws -> TerminalSession {
    let idle = try Pipe()
    let session = try Rig.session(
      ["--idle", String(idle.writing)] + arguments, columns: 200, rows: 60)
    try #require(idle.hasByte(within: 10_000))
    repeat { session.type("T") } while idle.hasByte(within: 300)
    return session
  }

  @Test func aDashboardThatHangsEndsWhenASignalAsksForIt() throws {
    let session = try Rig.started()
    session.type("#")
    session.signal(SIGTERM)
    #expect(session.waitForEnd() == .signal(SIGTERM))
    session.expectGivenBack()
  }

  @Test func aTerminalThatCannotShowAScreenIsToldOfPlainLines() throws {
    for terminal in ["dumb", "no-such-terminal", ""] {
      let session = try Rig.session(columns: 200, environment: ["TERM": terminal])
      #expect(session.waitForEnd() == .code(2))
      #expect(session.screen.text.contains("--plain"))
      #expect(session.screen.strangers == [])
      session.expectGivenBack()
    }
  }

  @Test func saysWhenNothingIsLeftToDo() throws {
    let idle = try Pipe()
    let session = try TerminalSession(
      try TerminalSession.built("ScreenRig"), ["--idle", String(idle.writing)], idle: idle)
    try #require(idle.hasByte(within: 10_000))
    session.readWhatIsThere()
    #expect(session.screen.text.contains("neutralised"))
    for key in ["j", "k", "l"] { try session.press(key) }
    #expect(session.screen.text.contains("keys: j k l"))
  }
}

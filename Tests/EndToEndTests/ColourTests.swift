import Foundation
import Testing

@Suite(.timeLimit(.minutes(10))) struct TerminalColours {
  @Test func themesUseThe240ColoursThatNobodyChanges() throws {
    let session = try Rig.started()
    let pens = try #require(session.screen.pens(of: "critical"))
    for colour in pens.flatMap({ [$0.foreground, $0.ground] }) {
      #expect(try #require(colour).hasPrefix("5;"))
    }
    #expect(session.screen.pens(of: "high") != session.screen.pens(of: "medium"))
  }

  @Test func withNOCOLORNoCellHasAColour() throws {
    let session = try Rig.started(environment: ["NO_COLOR": "1"])
    for name in ["critical", "high", "selected", "rig", "match"] {
      let pens = try #require(session.screen.pens(of: name))
      #expect(pens.allSatisfy { !$0.hasColour }, "\(name)")
    }
    #expect(session.screen.pens(of: "critical")?.allSatisfy { $0.isReversed && $0.isBold } == true)
    #expect(session.screen.pens(of: "medium")?.allSatisfy(\.isUnderlined) == true)
  }

  @Test func eightColoursKeepTheTerminalsOwnGround() throws {
    let session = try Rig.started(environment: ["TERM": "xterm"])
    let pens = try #require(session.screen.pens(of: "high"))
    #expect(pens.allSatisfy { $0.foreground == "1" && $0.ground == nil && $0.isBold })
    #expect(session.screen.pens(of: "rig")?.allSatisfy { $0.ground == nil } == true)
  }

  @Test func aDirectDescriptionGetsTheSchemesOwnColours() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // Only a temporary folder.
    let source = folder.appending(path: "direct.ti")
    try """
    xterm-direct|xterm with colours as numbers,
      RGB, colors#0x1000000, pairs#0x10000,
      setaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
      setab=\\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
      use=xterm-256color,

    """.write(to: source, atomically: true, encoding: .utf8)
    let tic = Process()
    tic.executableURL = URL(filePath: "/usr/bin/tic")
    tic.arguments = ["-x", "-o", folder.path(), source.path()]
    try tic.run()
    tic.waitUntilExit()
    try #require(tic.terminationStatus == 0)
    let descriptions = ["TERMINFO_DIRS": "\(folder.path()):/lib/terminfo:/usr/share/terminfo"]

    let deep = try Rig.started(
      environment: descriptions.merging(["COLORTERM": "truecolor"]) { $1 })
    let pens = try #require(deep.screen.pens(of: "title"))
    #expect(pens.allSatisfy { $0.foreground == "2;116;170;240" && $0.ground == "2;15;23;32" })

    // Without COLORTERM the terminal has not said that it can.
    let plain = try Rig.started(environment: descriptions)
    #expect(plain.screen.pens(of: "title")?.first?.foreground?.hasPrefix("5;") == true)
  }

  @Test func olderTerminalsShowTheSame() throws {
    for terminal in ["vt100", "linux", "screen-256color"] {
      let session = try Rig.started(environment: ["TERM": terminal])
      session.wait(for: "keys:")
      session.type("q")
      #expect(session.waitForEnd() == .code(0), "\(terminal)")
      #expect(session.isCooked)
    }
  }

  @Test func anASCIILocaleGetsASCIIAlone() throws {
    for (arguments, environment) in [([], ["LC_ALL": "C"]), (["--ascii"], [:])] {
      let session = try Rig.started(arguments, environment: environment)
      #expect(session.screen.text.utf8.allSatisfy { $0 < 0x80 })
      session.wait(for: "caf<E9>")
    }
  }

  @Test func aLocaleThatIsNotInstalledIsStillUTF8() throws {
    let session = try Rig.started(environment: ["LANG": "xx_XX.UTF-8"])
    session.wait(for: "café 漢字")
  }
}

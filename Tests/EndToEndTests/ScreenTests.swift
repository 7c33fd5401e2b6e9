import Foundation
import Testing

@Suite(.timeLimit(.minutes(10))) struct TheScreen {
  @Test func showsWhatItIsGivenAndNothingElseArrives() throws {
    let session = try Rig.started()
    #expect(session.screen.isAlternate)
    #expect(!session.screen.showsCursor)
    #expect(session.screen.lines[4] == " café 漢字 e\u{301} ^[[31m <202E>x ▁▂▃▅▇█ ▸")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    #expect(session.screen.strangers == [])
    session.expectGivenBack()
  }

  @Test func keysArriveWhateverTheirSpelling() throws {
    let session = try Rig.started()
    session.type("j漢")
    session.wait(for: "keys: j 漢")
    session.type("\u{1B}OA\u{1B}[B\u{1B}[5~\u{1B}[Z\u{1B}[15~")
    session.wait(for: "Up Down PgUp Shift-Tab F5")
    session.type("\u{1B}")
    session.wait(for: "F5 Esc")
    session.type("\u{C}\t")
    session.wait(for: "Esc Ctrl-L Tab")
    #expect(session.screen.strangers == [])
  }

  @Test func theMouseIsHeardWhereItIsAskedForAndLetGoAtTheEnd() throws {
    let session = try Rig.started(["--mouse"])
    #expect(session.screen.hearsMouse)
    session.type("\u{1B}[<0;11;6M\u{1B}[<0;11;6m")
    session.wait(for: "press@10,5")
    session.type("\u{1B}[<64;3;4M")
    session.wait(for: "wheelUp@2,3")
    session.type("\u{1B}[<65;80;24M")
    session.wait(for: "wheelDown@79,23")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    #expect(session.screen.strangers == [])
    session.expectGivenBack()
  }

  @Test func theMouseIsLetGoInDistressToo() throws {
    for number in [SIGTERM, SIGSEGV, SIGABRT] {
      let session = try Rig.started(["--mouse"])
      session.signal(number)
      _ = session.waitForEnd()
      session.expectGivenBack()
    }
  }

  @Test func withoutBeingAskedTheMouseIsTheTerminals() throws {
    let session = try Rig.started()
    #expect(!session.screen.hearsMouse)
    session.type("\u{1B}[<0;11;6Mj")
    session.wait(for: "keys: j")
  }

  @Test func aPasteIsNoListOfCommands() throws {
    let session = try Rig.started()
    session.type("\u{1B}[200~q!\r$\u{1B}[201~j")
    session.wait(for: "keys: j")
    session.type("/")
    session.wait(until: { $0.showsCursor })
    session.type("\u{1B}[200~user=q\r\u{1B}[201~")
    session.wait(for: "/user=q")
    #expect(session.screen.showsCursor)
  }

  @Test func followsTheTerminalsSizeUpAndDown() throws {
    let session = try Rig.started()
    for (columns, rows) in [(100, 30), (60, 12), (40, 7), (120, 36), (80, 24)] {
      session.resize(columns: columns, rows: rows)
      session.wait(for: "rig \(columns)x\(rows)")
      session.wait(until: { $0.lines[1] == String(repeating: "─", count: columns) })
      session.wait(until: { $0.lines[4].hasPrefix(" café") })
      #expect(session.screen.lines.count == rows)
    }
    #expect(session.screen.strangers == [])
  }

  @Test func livesOnAScreenOfOneCell() throws {
    let session = try Rig.session(columns: 1, rows: 1)
    #expect(session.wait(until: { $0.isAlternate }))
    session.resize(columns: 80, rows: 24)
    session.wait(for: "rig 80x24")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
  }

  @Test func anotherThemeIsDrawnAtOnce() throws {
    let session = try Rig.started()
    let night = session.screen.pens(of: "critical")
    session.type("T")
    session.wait(for: "rig 80x24 Day")
    let isRedrawn = session.wait(until: { screen in
      screen.pens(of: "critical").map { $0 != night && $0.allSatisfy(\.isBold) } ?? false
    })
    #expect(isRedrawn)
  }

  @Test func aCopyGoesToTheClipboardAsOneLine() throws {
    let session = try Rig.started()
    session.type("y")
    #expect(session.wait(until: { !$0.copies.isEmpty }))
    #expect(session.screen.copies == [Data("copied text".utf8).base64EncodedString()])
    #expect(session.screen.strangers == [])
  }

  @Test func repaintsWhatOthersHaveWrittenOver() throws {
    let session = try Rig.started()
    session.scribble()
    #expect(!session.screen.text.contains("neutralised"))
    session.type("\u{C}")
    session.wait(for: "neutralised")
    session.wait(for: "rig 80x24")
  }
}

import Foundation
import Testing

/// What the configuration file does to a run.
@Suite(.timeLimit(.minutes(10))) struct ConfigurationOfARun {
  private func configure(_ text: String, _ floor: Watchfloor, mode: Int = 0o600) throws {
    let file = floor.folder.appending(path: ".config/watchfloor/config.yml")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path())
  }

  @Test func itsThemeIsTheOneThatIsDrawn() throws {
    let floor = try Watchfloor()
    let frame = ["frame", "--format", "svg", "--now", "2026-03-04T12:00Z", floor.logs.path()]
    let first = try floor.run(frame).output
    try configure("theme: day\n", floor)
    let second = try floor.run(frame).output
    #expect(first != second)
    #expect(try floor.run(frame + ["--theme", "night"]).output == first)
  }

  @Test func aMistakeInItStopsEveryCommandButItsCheck() throws {
    let floor = try Watchfloor()
    try configure("tehme: day\n", floor)
    let scan = try floor.run(["scan", floor.logs.path()])
    #expect(scan.status == 2)
    #expect(scan.errors.contains("config.yml: line 1, column 1: there is no setting 'tehme'"))
    #expect(scan.errors.contains("did you mean 'theme'?"))
    let check = try floor.run(["config", "check"])
    #expect(check.status == 2)
    #expect(check.errors == scan.errors)
    #expect(try floor.run(["config", "template"]).status == 0)
  }

  @Test func aFileThatOthersCanWriteIsRefused() throws {
    let floor = try Watchfloor()
    try configure("theme: day\n", floor, mode: 0o666)
    let run = try floor.run(["config"])
    #expect(run.status == 2)
    #expect(run.errors.contains("chmod go-w"))
  }

  @Test func whatHoldsIsShownWithWhereItWasSet() throws {
    let floor = try Watchfloor()
    try configure("paths: [~/logs]\n", floor)
    let lines = try floor.run(["config", "--format", "ndjson"]).output.split(separator: "\n")
    let place = floor.folder.appending(path: ".config/watchfloor/config.yml").path() + ":1"
    #expect(
      lines.first.map(String.init)?.hasPrefix(#"{"setting":"paths","value":"["#) == true)
    #expect(lines.first?.contains(place) == true, "\(lines)")
  }

  @Test func withoutAPathTheFirstStepsAreShown() throws {
    let floor = try Watchfloor()
    let run = try floor.run([])
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("watchfloor demo"))
    #expect(run.errors.contains("paths: [/var/log/cloudtrail]"))
  }
}

/// What is installed beside the program.
@Suite(.timeLimit(.minutes(10))) struct TheManual {
  @Test func itNamesEveryVerbEveryKeyAndEverySetting() throws {
    let page = try Watchfloor().run(["manual"]).output
    for heading in ["NAME", "SYNOPSIS", "COMMANDS", "KEYS", "SETTINGS", "EXIT STATUS"] {
      #expect(page.contains("\n.SH \(heading)\n"))
    }
    let help = try Watchfloor().run(["--help"]).output
    let verbs = help.split(separator: "\n").drop { !$0.hasPrefix("SUBCOMMANDS") }.dropFirst()
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first }.filter { $0 != "See" }
    #expect(verbs.count > 10)
    for verb in verbs { #expect(page.contains(".SS watchfloor \(verb)\n"), "\(verb)") }
    #expect(page.contains("on_finding (WATCHFLOOR_ON_FINDING)"))
    // No line of text begins a request.
    let requests: Set<Substring> = [".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".nf", ".fi"]
    for line in page.split(separator: "\n") where line.hasPrefix(".") {
      #expect(requests.contains(line.prefix { $0 != " " }), "\(line)")
    }
  }

  @Test func everyShellGetsItsCompletions() throws {
    for shell in ["bash", "zsh", "fish"] {
      let run = try Watchfloor().run(["--generate-completion-script", shell])
      #expect(run.status == 0 && run.output.contains("headless"), "\(shell)")
    }
  }
}

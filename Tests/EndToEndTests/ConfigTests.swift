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

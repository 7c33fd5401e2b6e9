import ArgumentParser
import Configuration
import Events
import Foundation
import TerminalUI
import Workers

/// `watchfloor demo`: lively traffic of a company that does not exist, watched.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Watch made-up traffic: many teams, repositories and users, a scan now and then.",
    discussion: """
      Writes CloudTrail logs into a temporary directory and opens the dashboard on it; both are \
      gone when it ends. Nothing leaves this machine.

        watchfloor demo
        watchfloor demo --rate 20
        watchfloor demo --write logs --now 2026-03-16T12:00Z    only write a week of logs
      """)

  @Option(help: "Records a second.")
  var rate = 6

  @Option(help: "What the made-up company is made from: the same seed, the same company.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Only write a week of logs up to now into this directory.", valueName: "dir"))
  var write: String?

  @OptionGroup var screenOptions: ScreenOptions
  @OptionGroup var clockOptions: ClockOptions

  func validate() throws {
    guard (1...10_000).contains(rate) else {
      throw ValidationError("found \(rate) as a rate, expected 1 to 10000 records a second")
    }
  }

  func run() throws {
    let clock = Clock(startingAt: clockOptions.now)
    if let write {
      var traffic = DemoTraffic(directory: URL(filePath: write), seed: seed)
      try traffic.writePast(days: 7, until: clock.now())
      return
    }
    try screenOptions.withStage { try run(on: $0, clock: clock) }
  }

  private func run(on stage: Stage, clock: Clock) throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "watchfloor-demo-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }  // a leftover harms nobody
    let path = directory.path()
    let seed = seed
    let (floor, traffic) = try Opening.run(on: stage, directory: path) {
      var traffic = DemoTraffic(directory: directory, seed: seed)
      try traffic.writePast(days: 7, until: clock.now())
      let roots = try realPaths([path])
      let floor = try Floor(
        roots: roots, store: StateOptions.temporary(for: roots), rules: LoadedRules(named: []),
        clock: clock)
      return (floor, traffic)
    }
    let writer = LiveTraffic(traffic, rate: rate, clock: clock)
    writer.start()
    defer { writer.finish() }
    // Nobody is to be called for what is made up.
    let alerts = AlertSettings(
      command: [], seconds: 0, lagMinutes: UserConfiguration.current.whole(.lagMinutes))
    try Show(floor: floor, stage: stage, options: screenOptions, alerts: alerts).run()
  }
}

import Foundation
import Glibc
import Testing

/// A state whose file may grow no further: what a limit of the process does as a full disk would.
@Suite(.timeLimit(.minutes(10))) struct ADiskWithoutRoom {
  /// The program following the floor's logs without a screen; writing more than so many KiB into
  /// a file fails for it.
  private func headless(_ floor: Watchfloor, kibibytes: Int?) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    let limit = kibibytes.map { "trap '' XFSZ; ulimit -f \($0); " } ?? ""
    process.arguments = [
      "-c", limit + "exec \"$0\" \"$@\"", try TerminalSession.built("watchfloor"), "watch",
      "--headless", "--now", "2026-03-04T12:00Z", "--state", floor.state.path(),
      floor.logs.path(),
    ]
    process.environment = ["HOME": floor.folder.path(), "PATH": "/usr/bin:/bin"]
    try Data().write(to: errors(floor))
    process.standardError = try FileHandle(forWritingTo: errors(floor))
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func errors(_ floor: Watchfloor) -> URL { floor.folder.appending(path: "said") }

  private func wait(_ what: Comment, _ isSo: () throws -> Bool) rethrows {
    for _ in 0..<3000 {
      if try isSo() { return }
      usleep(20_000)
    }
    Issue.record(what)
  }

  private func wait(_ floor: Watchfloor, toSay text: String) throws {
    try wait("it never said '\(text)'") {
      try String(contentsOf: errors(floor), encoding: .utf8).contains(text)
    }
  }

  private func rows(_ floor: Watchfloor) throws -> String? {
    let run = try floor.run(["state", "--state", floor.state.path()])
    return run.output.split(separator: "\n").first { $0.hasPrefix(#"{"fact":"rows""#) }
      .map(String.init)
  }

  @Test func isSaidAndCanBeLeftAndLosesNothing() throws {
    let floor = try Watchfloor()
    for number in 0..<50 {
      let names = (0..<100).map { ("CVE-2026-\(10_000 + number * 100 + $0)", "HIGH") }
      let record = ScanRecord(
        id: "id-\(number)", findings: Dictionary(uniqueKeysWithValues: names))
      try floor.append(record.line, to: "trail-\(number % 25).json")
    }
    let struck = try headless(floor, kibibytes: 700)
    try wait(floor, toSay: "watchfloor: the disk failed under")

    struck.terminate()
    wait("it did not end") { !struck.isRunning }
    if struck.isRunning { kill(struck.processIdentifier, SIGKILL) }

    let free = try headless(floor, kibibytes: nil)
    try wait("not all rows came") { try rows(floor) == #"{"fact":"rows","value":5000}"# }
    free.terminate()
    free.waitUntilExit()
    #expect(free.terminationStatus == 0)
  }
}

import Foundation
import Testing

/// Log files that are verified while they are followed, by the real program.
@Suite(.timeLimit(.minutes(10))) struct TheIntegrityOfLogs {
  @Test func aChangedFileIsAFindingUntilItIsAsItWasSigned() throws {
    let floor = try Watchfloor()
    let trail = try Trail(in: floor.logs)
    let logs = try (10..<13).map { try trail.deliver(hour: $0) }
    let keys = floor.folder.appending(path: "keys.json")
    try Data(trail.keys.utf8).write(to: keys)
    let whole = try Data(contentsOf: logs[0])
    try Data("{}".utf8).write(to: logs[0])
    let session = try floor.dashboard(["--public-keys", keys.path()])
    session.wait(for: "log file changed")
    session.wait(for: "logs: 1 changed")
    session.type("F")
    session.wait(for: "MISMATCH 1")
    session.wait(for: "hash only 1")
    session.type("/integrity=MISMATCH\r\r")
    session.wait(for: "its hash is not the one in the digest")
    session.wait(for: "delivered as")
    // The newest digest is verified by the next, and the file as it was signed takes it all back.
    _ = try trail.deliver(hour: 13)
    try whole.write(to: logs[0], options: .atomic)
    session.type("\u{1B}")
    // Three digests and the logs that they list.
    session.wait(for: "verified 6")
    session.type("\u{1B}")
    session.wait(until: { !$0.text.contains("/ integrity=") })
    session.type("\u{1B}")
    session.wait(until: { !$0.text.contains("log file changed") })
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    let risk = try floor.run(["search", "--state", floor.state.path(), "index=risk | stats count"])
    #expect(!risk.output.contains("CloudTrail Log File Integrity"))
  }

  @Test func whatIsKnownOutlivesAKill() throws {
    let floor = try Watchfloor()
    let trail = try Trail(in: floor.logs)
    let logs = try (10..<13).map { try trail.deliver(hour: $0) }
    let keys = floor.folder.appending(path: "keys.json")
    try Data(trail.keys.utf8).write(to: keys)
    try Data("{}".utf8).write(to: logs[0])
    for _ in 0..<2 {
      let session = try floor.dashboard(["--public-keys", keys.path()])
      session.wait(for: "log file changed")
      session.wait(for: "logs: 1 changed")
      session.signal(SIGKILL)
      #expect(session.waitForEnd() == .signal(SIGKILL))
    }
    let found = try floor.run([
      "search", "--state", floor.state.path(), "index=notable | stats sum(count) by file state",
    ])
    #expect(found.output.contains("\"sum(count)\":1"))
    #expect(found.output.contains("MISMATCH"))
  }
}

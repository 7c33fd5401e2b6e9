import Compression
import Testing

@testable import Ingest

/// One fault at a time, on a disk in memory, in orders of the follower's steps that seeds decide.
@Suite("A follower and one fault", .timeLimit(.minutes(10)))
struct FollowerFaultTests {
  private func line(_ number: Int) -> String { "{\"n\":\(number)}" }

  /// Plays a script that ends with a kill, with the follower a few steps behind, once per seed.
  private func expectOnce(
    _ texts: [String], first: [DiskOperation], then operations: [DiskOperation],
    last: [DiskOperation] = []
  ) {
    for seed in 0..<60 as Range<UInt64> {
      let run = SimulatedRun(seed: seed, polls: seed % 2 == 0)
      for operation in first { run.system.disk.apply(operation) }
      #expect(run.settle())
      for operation in operations {
        run.system.disk.apply(operation)
        for _ in 0..<(seed % 5) * 3 { run.step() }
      }
      run.pass(.seconds(6))
      for _ in 0..<seed { run.step() }
      run.crash()
      for operation in last { run.system.disk.apply(operation) }
      #expect(run.settle())
      #expect(
        run.store.delivered == Dictionary(uniqueKeysWithValues: texts.map { ($0, 1) }),
        "seed \(seed)")
    }
  }

  private func log(_ path: String, _ numbers: ClosedRange<Int>) -> DiskOperation {
    .append(path, Array(numbers.map { line($0) + "\n" }.joined().utf8), closes: true)
  }

  private func document(_ path: String, _ numbers: ClosedRange<Int>) -> DiskOperation {
    let records = numbers.map(line).joined(separator: ",")
    return .append(path, Array("{\"Records\":[\(records)]}".utf8), closes: true)
  }

  @Test func aKillDuringARotationRepeatsNothing() {
    expectOnce(
      (1...5).map(line), first: [log("a.log", 1...3)],
      then: [.rename("a.log", to: "a.log.1"), log("a.log", 4...5)])
  }

  @Test func rotationsThatOvertakeTheReaderRepeatNothing() {
    expectOnce(
      (1...9).map(line), first: [log("a.log", 1...2)],
      then: [
        log("a.log", 3...3), .rename("a.log", to: "a.log.1"), log("a.log", 4...5),
        .rename("a.log", to: "a.log.2"), log("a.log", 6...7),
        .rename("a.log", to: "a.log.3"), log("a.log", 8...9),
      ])
  }

  @Test func aKillDuringSeveralRenamesRepeatsNothing() {
    expectOnce(
      (1...5).map(line), first: [log("d/a.log", 1...3)],
      then: [
        .rename("d/a.log", to: "d/a.log.1"), .rename("d", to: "e"), log("e/a.log", 4...5),
        .rename("e/a.log.1", to: "e/a.log.2"),
      ])
  }

  @Test func twoLogsThatSwapNamesAreNotReadAgain() {
    expectOnce(
      (1...4).map(line), first: [log("a.log", 1...2), log("b.log", 3...4)],
      then: [
        .rename("a.log", to: "c.log"), .rename("b.log", to: "a.log"),
        .rename("c.log", to: "b.log"),
      ])
  }

  @Test func aDocumentIsKnownAfterItsInodeWasUsedAgain() {
    expectOnce(
      (1...4).map(line), first: [document("1.json", 1...2)],
      then: [.unlink("1.json"), document("2.json", 3...4)],
      last: [document("3.json", 1...2)])
  }

  @Test func aGzipThatCouldNotBeReadIsTriedAgain() {
    for seed in 0..<60 as Range<UInt64> {
      let run = SimulatedRun(seed: seed, polls: false)
      let bytes = Gzip.compressed(Array("{\"Records\":[\(line(1))]}".utf8))
      run.system.disk.apply(.append("1.json.gz", bytes, closes: true))
      run.system.faults = SimulatedSystem.Faults(call: 6)
      for _ in 0..<100 {
        run.step()
        run.pass(.milliseconds(10))
      }
      run.system.faults = SimulatedSystem.Faults()
      #expect(run.settle())
      #expect(run.store.delivered == [line(1): 1], "seed \(seed)")
    }
  }
}

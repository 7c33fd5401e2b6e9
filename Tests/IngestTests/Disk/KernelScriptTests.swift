import Foundation
import TestSupport
import Testing

@testable import Ingest

/// One seed's writers on a real disk before a follower with its own threads, restarts included.
///
/// The scripts are those of the simulation. In calm runs the follower comes to rest behind each
/// operation, and nothing may be taken twice; else writers act in the middle of its steps, where
/// only loss is looked at.
private struct KernelRun {
  private let disk: KernelDisk
  private let polls: Bool
  private let isCalm: Bool
  private var writers: ScriptedWriters
  private var random: SplitMix64
  private var watch: Watch
  private var checkpoints: [String: [UInt8]] = [:]
  private var counts: [Int: Int] = [:]
  private var problems: [String] = []

  init(seed: UInt64, polls: Bool) throws {
    disk = try KernelDisk()
    self.polls = polls
    isCalm = seed % 2 == 0
    writers = ScriptedWriters(seed: seed, disk: disk)
    random = SplitMix64(seed: seed &+ 4)
    watch = Self.watch(disk, polls: polls, checkpoints: [:])
  }

  private static func watch(
    _ disk: KernelDisk, polls: Bool, checkpoints: [String: [UInt8]]
  ) -> Watch {
    Watch(
      [disk.scratch.path], poll: polls, checkpoints: checkpoints, tailPatience: .milliseconds(20))
  }

  private mutating func roll(_ sides: Int) -> Int { Int(random.next() % UInt64(sides)) }

  /// Plays the seed and says what went wrong.
  mutating func play() throws -> [String] {
    for _ in 0..<(20 + roll(20)) where problems.isEmpty {
      try writers.step()
      if isCalm || roll(8) == 0 { settle() }
      if roll(10) == 0 { restart() }
    }
    try writers.finish()
    settle()
    watch.follower.stop()
    return problems
  }

  private mutating func restart() {
    writers.note("-- restart")
    take()
    watch = Self.watch(disk, polls: polls, checkpoints: checkpoints)
  }

  /// Ends the follower and keeps what its sinks were given.
  private mutating func take() {
    watch.follower.stop()
    checkpoints.merge(watch.checkpoints) { $1 }
    for text in watch.texts { count(text, in: &counts) }
  }

  private func count(_ text: String, in counts: inout [Int: Int]) {
    for number in ScriptedWriters.numbers(in: Array(text.utf8)) {
      counts[number, default: 0] += 1
    }
  }

  private mutating func settle() {
    guard watch.settle() else {
      problems.append("did not come to rest")
      return
    }
    var counts = counts
    for text in watch.texts { count(text, in: &counts) }
    let lost = writers.readable.subtracting(counts.keys).sorted()
    if !lost.isEmpty { problems.append("lost: \(lost)") }
    let twice = counts.filter { isCalm && $1 > 1 + (writers.copies[$0] ?? 0) }
    if !twice.isEmpty { problems.append("taken twice: \(twice.keys.sorted())") }
  }

  var script: String { writers.log.joined(separator: "\n") }
}

@Suite("A follower on a real disk", .timeLimit(.minutes(10)))
struct KernelScriptTests {
  /// `KERNEL_SEEDS=200` plays more.
  private var seeds: UInt64 {
    ProcessInfo.processInfo.environment["KERNEL_SEEDS"].flatMap(UInt64.init) ?? 6
  }

  @Test(arguments: [false, true])
  func losesNothingUnderTheScriptsOfTheSimulation(polls: Bool) throws {
    for seed in 0..<seeds {
      var run = try KernelRun(seed: seed, polls: polls)
      let problems = try run.play()
      if problems.isEmpty { continue }
      Issue.record("seed \(seed): \(problems.joined(separator: "; "))\n\(run.script)")
    }
  }
}

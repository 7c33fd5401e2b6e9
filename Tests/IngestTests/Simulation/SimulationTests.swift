import Foundation
import TestSupport
import Testing

@testable import Ingest

/// One seed's run: writers, faults, crashes, and what must hold whenever it comes to rest.
private struct Simulation {
  /// How hard the run is on the follower.
  struct Weather {
    /// Whether writers act between two calls of the follower, not only between its turns.
    var isRacy = false
    var faults = SimulatedSystem.Faults()
    var polls = false
  }

  let seed: UInt64
  let weather: Weather
  private let run: SimulatedRun
  private var writers: ScriptedWriters
  private var random: SplitMix64
  private var problems: [String] = []

  init(seed: UInt64) {
    self.seed = seed
    random = SplitMix64(seed: seed &+ 3)
    var weather = Weather()
    weather.isRacy = seed % 3 == 1
    weather.polls = seed % 7 == 5
    if seed % 2 == 1 {
      weather.faults = SimulatedSystem.Faults(call: 24, notice: 12, watch: 6)
    }
    self.weather = weather
    run = SimulatedRun(seed: seed, polls: weather.polls)
    writers = ScriptedWriters(seed: seed, disk: run.system.disk)
  }

  private mutating func roll(_ sides: Int) -> Int { Int(random.next() % UInt64(sides)) }

  /// Plays the seed and says what went wrong.
  mutating func play() throws -> [String] {
    run.system.faults = weather.faults
    for _ in 0..<(20 + roll(60)) where problems.isEmpty {
      try writers.step()
      try follow(steps: roll(16))
      switch roll(24) {
      case 0: settle()
      case 1:
        writers.note("-- crash")
        run.crash()
      case 2, 3: run.pass(.milliseconds(Int64(roll(3000))))
      default: break
      }
    }
    try writers.finish()
    if problems.isEmpty { settle() }
    return problems
  }

  private mutating func follow(steps: Int) throws {
    for _ in 0..<steps {
      if weather.isRacy, roll(4) == 0 { try race() } else { run.step() }
    }
  }

  /// One step of the follower, with the writers' next ones in the middle of it.
  private mutating func race() throws {
    var when = roll(6)
    var raced = writers
    var failure: (any Error)?
    run.system.interlude = {
      when -= 1
      guard when == 0 else { return }
      raced.note("-- in the middle of a step:")
      do { try raced.step() } catch { failure = error }
    }
    run.step()
    run.system.interlude = {}
    writers = raced
    if let failure { throw failure }
  }

  /// Faults pause, everything is read, and the invariants are looked at.
  private mutating func settle() {
    writers.note("-- settle")
    run.system.faults = SimulatedSystem.Faults()
    defer { run.system.faults = weather.faults }
    guard run.settle() else {
      problems.append("did not come to rest")
      return
    }
    let delivered = run.store.delivered
    var counts: [Int: Int] = [:]
    for (text, count) in delivered {
      guard let number = ScriptedWriters.numbers(in: Array(text.utf8)).first,
        text.hasPrefix("{\"n\":\(number),\"x\":\""), text.hasSuffix("\"}")
      else {
        problems.append("made up: \(text.prefix(80))")
        continue
      }
      counts[number, default: 0] += count
    }
    let lost = writers.readable.subtracting(counts.keys).sorted()
    if !lost.isEmpty { problems.append("lost: \(lost)") }
    let twice = counts.filter { number, count in
      count > 1 + (writers.copies[number] ?? 0) && !weather.isRacy
    }
    if !twice.isEmpty { problems.append("taken twice: \(twice.keys.sorted())") }
    problems += run.store.steppedBack.map { "the checkpoint went back: \($0)" }
  }

  var script: String {
    writers.log.joined(separator: "\n") + "\nstruck:\n"
      + run.system.struck.suffix(40).joined(separator: "\n")
      + "\nfiles:\n"
      + run.status.map { "\($0.path) \($0.state) \($0.reason ?? "") \($0.offset)/\($0.size)" }
      .joined(separator: "\n")
  }
}

@Suite("A follower in a simulation", .timeLimit(.minutes(10)))
struct SimulationTests {
  /// `SEEDS=100000` plays more, `SEED=17` one.
  private var seeds: Range<UInt64> {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["SEED"].flatMap(UInt64.init) { return seed..<seed + 1 }
    return 0..<(environment["SEEDS"].flatMap(UInt64.init) ?? 2000)
  }

  @Test func losesNothingTakesNothingTwiceAndComesToRest() throws {
    var failures = 0
    for seed in seeds where failures < 3 {
      var simulation = Simulation(seed: seed)
      let problems = try simulation.play()
      guard !problems.isEmpty else { continue }
      failures += 1
      Issue.record("seed \(seed): \(problems.joined(separator: "; "))\n\(simulation.script)")
    }
  }
}

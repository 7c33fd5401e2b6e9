import Compression
import Foundation
import TestSupport
import Testing
import Workers

@testable import Ingest

/// What writers do to a directory, in seeded order, and what has to come of it.
private struct Model {
  let scratch: Scratch
  var random: SplitMix64
  /// Every record that was written whole, or will be.
  var expected: [String] = []
  private var number = 0
  private var rotations = 0
  /// The rest of a line that was begun in the log.
  private var rest = ""

  init(seed: UInt64) throws {
    scratch = try Scratch()
    random = SplitMix64(seed: seed)
  }

  mutating func record() -> String {
    number += 1
    let text = "{\"n\":\(number),\"x\":\"" + String(repeating: "é", count: roll(40)) + "\"}"
    expected.append(text)
    return text
  }

  mutating func roll(_ sides: Int) -> Int { Int(random.next() % UInt64(sides)) }

  /// Appends lines, and leaves the last one cut anywhere.
  mutating func append() throws {
    var bytes = Array(rest.utf8)
    for _ in 0...roll(6) { bytes += Array((record() + "\n").utf8) }
    let last = record() + "\n"
    let cut = roll(last.count)
    bytes += Array(last.prefix(cut).utf8)
    rest = String(last.dropFirst(cut))
    try scratch.append(String(decoding: bytes, as: UTF8.self), to: "app.log")
  }

  mutating func finishLine() throws {
    try scratch.append(rest, to: "app.log")
    rest = ""
  }

  mutating func rotate() throws {
    try finishLine()
    rotations += 1
    try scratch.rename("app.log", to: "app.log.\(rotations)")
    try scratch.write(record() + "\n", to: "app.log")
  }

  /// Only when everything was read: what is cut off unread is lost to anyone.
  mutating func truncate() throws {
    rest = ""
    try scratch.write(record() + "\n", to: "app.log")
  }

  mutating func deliver() throws {
    let records = (0...roll(5)).map { _ in record() }
    let text = "{\"Records\":[" + records.joined(separator: ",") + "]}"
    let name = "AWSLogs/\(roll(3))/\(number).json"
    if roll(2) == 0 {
      try scratch.write(text, to: name)
    } else {
      try scratch.write(Gzip.compressed(Array(text.utf8)), to: name + ".gz.2Af37DEe")
      try scratch.rename(name + ".gz.2Af37DEe", to: name + ".gz")
    }
  }
}

@Suite("A follower under random writers", .timeLimit(.minutes(10)))
struct FollowerModelTests {
  @Test(arguments: [false, true])
  func losesNothingAndTakesNothingTwice(poll: Bool) throws {
    for seed in 0..<6 as Range<UInt64> {
      var model = try Model(seed: seed)
      try model.scratch.write("", to: "app.log")
      var texts: [String] = []
      var checkpoints: [String: [UInt8]] = [:]
      var watch = Watch([model.scratch.path], poll: poll)
      for _ in 0..<14 {
        switch model.roll(8) {
        case 0: try model.rotate()
        case 1: try model.deliver()
        case 2:
          try model.finishLine()
          #expect(watch.settle())
          try model.truncate()
        case 3:
          watch.follower.stop()
          texts += watch.texts
          checkpoints.merge(watch.checkpoints) { $1 }
          watch = Watch([model.scratch.path], poll: poll, checkpoints: checkpoints)
        case 4: #expect(watch.settle())
        default: try model.append()
        }
      }
      try model.finishLine()
      #expect(watch.settle())
      watch.follower.stop()
      texts = (texts + watch.texts).sorted()
      #expect(texts == model.expected.sorted(), "seed \(seed)")
    }
  }
}

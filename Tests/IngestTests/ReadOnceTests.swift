import Compression
import Foundation
import TestSupport
import Testing
import Workers

@testable import Ingest

@Suite("A scan", .timeLimit(.minutes(10)))
struct ReadOnceTests {
  private func scan(
    _ paths: [String], needles: [String]? = nil, rangeSize: Int64 = ReadOnce.rangeSize
  ) -> (Collected, ReadOnce.Summary) {
    let collected = Shared(Collected())
    let reading = Reading(
      framing: framing,
      prefilter: Prefilter(alternatives: needles.map { $0.map { Array($0.utf8) } })
    ) { _ in Collector(collected) }
    let summary = ReadOnce(paths: paths, reading: reading, rangeSize: rangeSize)
      .run(stop: StopFlag())
    return (collected.snapshot, summary)
  }

  @Test func readsEveryKindOfFileUnderItsPaths() throws {
    let scratch = try Scratch()
    try scratch.write("{\"a\":1}\n{\"a\":2}", to: "lines.log")
    try scratch.write("{\"Records\":[{\"a\":3},{\"a\":4}]}", to: "deep/er/records.json")
    try scratch.write("{\n\"a\": 5\n}\n", to: "deep/pretty.json")
    try scratch.write(Gzip.compressed(Array("{\"Records\":[{\"a\":6}]}".utf8)), to: "x.json.gz")
    try scratch.write(
      Gzip.compressed(Array("{\"a\":7}\n".utf8)) + Gzip.compressed(Array("{\"a\":8}".utf8)),
      to: "two-members")
    let (collected, summary) = scan([scratch.path])
    #expect(
      collected.texts == [
        "{\n\"a\": 5\n}", #"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#, #"{"a":4}"#, #"{"a":6}"#,
        #"{"a":7}"#, #"{"a":8}"#,
      ])
    #expect(summary.files == 5)
    #expect(summary.records == 8)
    #expect(summary.badUnits == 0)
    #expect(summary.unreadable.isEmpty)
    #expect(collected.progress.values.allSatisfy { $0.state == .complete })
  }

  @Test func passesOverWhatIsNoLog() throws {
    let scratch = try Scratch()
    try scratch.write("{\"a\":1}\n", to: "AWSLogs/1/CloudTrail/x.json")
    try scratch.write("{\"a\":2}\n", to: "AWSLogs/1/CloudTrail-Digest/x.json")
    try scratch.write("{\"a\":3}\n", to: "AWSLogs/1/CloudTrail-Insight/x.json")
    try scratch.write("{\"a\":4}\n", to: "x.json.gz.2Af37DEe")
    try scratch.write("{\"a\":5}\n", to: ".x.json.swp")
    try scratch.write("{\"a\":6}\n", to: "app.json.20210811")
    #expect(mkfifo(scratch.file("pipe.json"), 0o600) == 0)
    let (collected, summary) = scan([scratch.path])
    #expect(collected.texts == [#"{"a":1}"#, #"{"a":6}"#])
    #expect(summary.unreadable.isEmpty)
  }

  @Test func followsLinksInsideTheRootOnlyAndOnce() throws {
    let scratch = try Scratch()
    let other = try Scratch()
    try other.write("{\"other\":1}\n", to: "x.json")
    try scratch.write("{\"a\":1}\n", to: "real/x.json")
    try scratch.link("alias.json", to: "real/x.json")
    try scratch.link("loop", to: ".")
    try scratch.link("real/up", to: "..")
    try scratch.link("out", to: other.path)
    let (collected, summary) = scan([scratch.path])
    #expect(collected.texts == [#"{"a":1}"#])
    #expect(summary.unreadable.map(\.path) == [scratch.file("out")])
    #expect(summary.unreadable.first?.reason == IngestProblem.outsideRoot.sentence)
  }

  @Test func reportsWhatItCannotRead() throws {
    let scratch = try Scratch()
    let whole = Gzip.compressed(Array("{\"Records\":[{\"a\":1}]}".utf8))
    try scratch.write(Array(whole.dropLast()), to: "half.json.gz")
    try scratch.write("{\"Records\":[{\"a\":1},{\"a\":", to: "half.json")
    try scratch.write(whole + Array("junk".utf8), to: "junk.json.gz")
    let missing = scratch.file("missing")
    let (collected, summary) = scan([missing, scratch.path])
    #expect(summary.unreadable.map(\.path).sorted() == [scratch.file("half.json.gz"), missing])
    #expect(collected.units[scratch.file("half.json.gz")] == nil)
    // A scan takes what a document has, and says that it is cut off.
    #expect(collected.units[scratch.file("half.json")]?.map(\.text) == [#"{"a":1}"#])
    #expect(collected.bad[scratch.file("half.json")]?.map(\.reason) == [.cutOff])
    #expect(collected.bad[scratch.file("junk.json.gz")]?.map(\.reason) == [.trailingBytes(4)])
    #expect(summary.badUnits == 2)
  }

  @Test func rangesOfOneFileGiveEachLineOnce() throws {
    let scratch = try Scratch()
    for seed in 0..<12 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let lines = (0..<400).map { number in
        "{\"n\":\(number),\"x\":\"" + String(repeating: "y", count: Int(random.next() % 90)) + "\"}"
      }
      let text = lines.joined(separator: "\n") + (seed % 2 == 0 ? "\n" : "")
      try scratch.write(text, to: "big.ndjson")
      for rangeSize in [40, 1000, 4099] as [Int64] {
        let (collected, summary) = scan([scratch.path], rangeSize: rangeSize)
        #expect(collected.texts == lines.sorted(), "seed \(seed), ranges of \(rangeSize)")
        #expect(summary.records == 400 && summary.files == 1 && summary.badUnits == 0)
        #expect(summary.bytes == text.utf8.count)
      }
    }
  }

  @Test func largeGzipGoesThroughAStream() throws {
    let scratch = try Scratch()
    let padding = String(repeating: "0123456789abcdef", count: 4096)
    let elements = (0..<160).map { "{\"n\":\"\($0)\",\"p\":\"\(padding)\"}" }
    let text = "{\"Records\":[" + elements.joined(separator: ",") + "]}"
    #expect(text.utf8.count > FileReader.smallText)
    try scratch.write(Gzip.compressed(Array(text.utf8)), to: "large.json.gz")
    let (collected, summary) = scan([scratch.path], needles: ["abcdef"])
    #expect(summary.records == 160)
    #expect(collected.texts.count == 160)
  }

  @Test func tellsHowFarItIs() throws {
    let scratch = try Scratch()
    try scratch.write("{\"a\":1}\n", to: "a.json")
    try scratch.write("junk", to: "b.json")
    let last = Shared(ReadOnce.Progress())
    let reading = Reading(framing: framing, prefilter: Prefilter(alternatives: nil)) { _ in
      Collector(Shared(Collected()))
    }
    _ = ReadOnce(paths: [scratch.path], reading: reading).run(stop: StopFlag()) { progress in
      last.withLock { $0 = progress }
    }
    let progress = last.snapshot
    #expect(progress.bytesDone == 12 && progress.bytesTotal == 12)
    #expect(progress.filesDone == 2 && progress.filesTotal == 2)
    #expect(progress.records == 1)
  }
}

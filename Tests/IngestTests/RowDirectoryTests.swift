import Testing
import Workers

@testable import Ingest

@Suite("A directory that a job writes rows to")
struct RowDirectoryTests {
  private let kept = ["out/rows-1.jsonl", "out/rule=a/rows-2.jsonl.gz", "out/progress-1.json"]
  private let aside = [
    "out/late/part-1.jsonl", "out/dead-letters/part-1.jsonl", "out/_tmp/rows-3.jsonl",
    "out/_SUCCESS", "out/checkpoint/offsets/0", "out/rows-4.jsonl.tmp", "out/.rows-5.jsonl",
    "out/rule=a/part.jsonl",
  ]

  @Test func nothingButRowsAndProgressIsRead() throws {
    let scratch = try Scratch()
    for name in aside.reversed() + kept + ["late/part-1.jsonl", "rows.jsonl"] {
      try scratch.write("{\"n\":\"\(name)\"}\n", to: name)
    }
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    let found = watch.collected.snapshot.units.keys.sorted()
    #expect(found == (kept + ["late/part-1.jsonl", "rows.jsonl"]).map(scratch.file).sorted())
  }

  @Test func theFirstRowOfAllMakesADirectorySuchAOne() throws {
    let scratch = try Scratch()
    try scratch.write("{\"n\":1}\n", to: "rows-0.log")
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    try scratch.write("{\"n\":2}\n", to: "rows-1.jsonl")
    watch.wait { $0.texts.count == 2 }
    for name in ["late/x.jsonl", "other.jsonl", "_x"] { try scratch.write("{\"n\":0}\n", to: name) }
    try scratch.write("{\"n\":3}\n", to: "rows-2.jsonl")
    watch.wait { $0.texts.count == 3 }
    #expect(watch.settle())
    #expect(watch.texts == ["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"])
  }

  @Test func eachLineOfRowsIsWantedWhateverRulesWant() throws {
    let scratch = try Scratch()
    try scratch.write("{\"n\":1}\n{\"n\":2}\n", to: "out/rows-1.jsonl")
    try scratch.write("{\"n\":3}\n", to: "trail.jsonl")
    var options = Follower.Options(roots: [scratch.path])
    options.poll = true
    let collected = Shared(Collected())
    let follower = Follower(
      options,
      reading: Reading(framing: framing, prefilter: Prefilter(alternatives: [Array("needle".utf8)]))
      { _ in Collector(collected) })
    follower.start()
    defer { follower.stop() }
    #expect(follower.waitUntilIdle(atMost: .seconds(30)))
    #expect(collected.snapshot.texts == ["{\"n\":1}", "{\"n\":2}"])
  }

  @Test func namesAreToldByTheirEnds() {
    for (path, isRows, isProgress) in [
      ("/a/rows-1-x.jsonl", true, false), ("rows-.jsonl.gz", true, false),
      ("/rows-1/x.jsonl", false, false), ("/a/rows-1.json", false, false),
      ("/a/progress-17.json", false, true), ("/a/progress-17.jsonl", false, false),
      ("/a/_rows-1.jsonl", false, false), ("/a/xrows-1.jsonl", false, false), ("", false, false),
    ] {
      #expect(RowFileName.isRows(path) == isRows, "\(path)")
      #expect(RowFileName.isProgress(path) == isProgress, "\(path)")
    }
    #expect(RowFileName.directory(of: "/a/b/progress-1.json") == "/a/b")
  }
}

import Testing
import Workers

@testable import Ingest

@Suite("A directory that a job writes rows to")
struct RowDirectoryTests {
  private let kept = [
    "out/rows-1.jsonl", "out/rule=a/rows-2.jsonl.gz", "out/progress-1.json", "out/trail.json",
  ]
  private let aside = [
    "out/late/part-1.jsonl", "out/dead-letters/part-1.jsonl", "out/_tmp/rows-3.jsonl",
    "out/_SUCCESS", "out/rows-4.jsonl.tmp", "out/.rows-5.jsonl", "out/rule=a/late/x",
  ]

  private func line(_ name: String) -> String { "{\"watchfloor_row\":\"\(name)\"}\n" }

  @Test func whatAJobKeepsAsideIsNotRead() throws {
    let scratch = try Scratch()
    let others = ["late/part-1.jsonl", "_x/y.json", "z.tmp"]
    for name in aside.reversed() + kept + others { try scratch.write(line(name), to: name) }
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    let found = watch.collected.snapshot.units.keys.sorted()
    #expect(found == (kept + others).map(scratch.file).sorted())
  }

  @Test func namesAloneHideNothing() throws {
    let scratch = try Scratch()
    let names = ["rows-1.jsonl", "progress-1.json", "late/a.json", "_b.json"]
    for name in names { try scratch.write("{\"n\":\"\(name)\"}\n", to: name) }
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    #expect(watch.texts.count == names.count)
  }

  @Test func theFirstRowOfAllMakesADirectorySuchAOne() throws {
    let scratch = try Scratch()
    try scratch.write(line("0"), to: "rows-0.log")
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    try scratch.write(line("1"), to: "rows-1.jsonl")
    watch.wait { $0.texts.count == 2 }
    for name in ["late/x.jsonl", "_x", "x.tmp"] { try scratch.write(line("no"), to: name) }
    try scratch.write(line("2"), to: "rows-2.jsonl")
    watch.wait { $0.texts.count == 3 }
    #expect(watch.settle())
    #expect(!watch.texts.contains { $0.contains("no") })
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

import Compression
import Foundation
import TestSupport
import Testing
import Workers

@testable import Ingest

/// A follower on a directory, and what its sinks were given.
final class Watch {
  let collected = Shared(Collected())
  let follower: Follower

  init(
    _ roots: [String], poll: Bool = false, checkpoints: [String: [UInt8]] = [:],
    excluded: [String] = [], tailPatience: Duration = .seconds(2)
  ) {
    var options = Follower.Options(roots: roots)
    options.poll = poll
    options.checkpoints = checkpoints
    options.excluded = excluded
    options.tailPatience = tailPatience
    follower = Follower(
      options,
      reading: Reading(framing: framing, prefilter: Prefilter(alternatives: nil)) {
        [collected] _ in Collector(collected)
      })
    follower.start()
  }

  deinit { follower.stop() }

  var texts: [String] { collected.snapshot.texts }

  /// Checkpoints as a store would have them.
  var checkpoints: [String: [UInt8]] { collected.snapshot.progress.mapValues(\.checkpoint) }

  func settle() -> Bool { follower.waitUntilIdle(atMost: .seconds(30)) }

  /// Waits until the sinks have what the condition wants, and fails when they do not get it.
  func wait(
    _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    until condition: (Collected) -> Bool
  ) {
    let isMet = collected.wait(atMost: .seconds(30)) { condition($0) ? true : nil }
    #expect(isMet == true, comment, sourceLocation: sourceLocation)
  }
}

@Suite("A follower", .timeLimit(.minutes(10)))
struct FollowerTests {
  private func line(_ number: Int) -> String { "{\"n\":\(number)}" }

  @Test(arguments: [false, true])
  func seesWhatIsThereAndWhatIsAppended(poll: Bool) throws {
    let scratch = try Scratch()
    try scratch.write(line(1) + "\n", to: "a/x.log")
    let watch = Watch([scratch.path], poll: poll)
    #expect(watch.settle())
    #expect(watch.texts == [line(1)])
    try scratch.append(line(2) + "\n" + "{\"n\":", to: "a/x.log")
    watch.wait { $0.texts.count == 2 }
    try scratch.append("3}\n", to: "a/x.log")
    watch.wait { $0.texts == [1, 2, 3].map(line) }
    let status = watch.follower.status
    #expect(status.isNotified != poll)
    #expect(watch.collected.snapshot.progress[scratch.file("a/x.log")]?.records == 3)
  }

  @Test func seesNewDirectoriesWithWhatIsInThem() throws {
    let scratch = try Scratch()
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    try scratch.write(line(1) + "\n", to: "a/b/c/d/x.log")
    watch.wait { $0.texts == [line(1)] }
    try scratch.write(line(2) + "\n", to: "a/b/y.log")
    watch.wait { $0.texts.count == 2 }
  }

  @Test func takesDocumentsWhenTheyAreWhole() throws {
    let scratch = try Scratch()
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    let handle = try scratch.open(scratch.file("x.json"), truncating: true)
    try handle.write(contentsOf: Data("{\"Records\":[\(line(1)),".utf8))
    watch.wait { $0.progress[scratch.file("x.json")]?.state == .incomplete }
    #expect(watch.texts.isEmpty)
    try handle.write(contentsOf: Data("\(line(2))]}".utf8))
    try handle.close()
    watch.wait { $0.texts == [line(1), line(2)] }
    #expect(watch.settle())
    #expect(watch.follower.files.map(\.state) == [.complete])
  }

  @Test func takesGzipWhenItIsWhole() throws {
    let scratch = try Scratch()
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    let gzip = Gzip.compressed(Array("{\"Records\":[\(line(1)),\(line(2))]}".utf8))
    try scratch.write(Array(gzip.prefix(20)), to: "x.json.gz")
    watch.wait { $0.progress[scratch.file("x.json.gz")]?.state == .incomplete }
    // aws-cli writes beside it and renames over it.
    try scratch.write(gzip, to: "x.json.gz.2Af37DEe")
    #expect(watch.settle())
    #expect(watch.texts.isEmpty)
    try scratch.rename("x.json.gz.2Af37DEe", to: "x.json.gz")
    watch.wait { $0.texts == [line(1), line(2)] }
  }

  @Test func goesOnWhereACheckpointIs() throws {
    let scratch = try Scratch()
    try scratch.write(line(1) + "\n", to: "x.log")
    try scratch.write("[\(line(2))]", to: "y.json")
    try scratch.write(Gzip.compressed(Array("[\(line(3))]".utf8)), to: "z.json.gz")
    let first = Watch([scratch.path])
    #expect(first.settle())
    #expect(first.texts.count == 3)
    first.follower.stop()
    try scratch.append(line(4) + "\n", to: "x.log")
    // Rotated while nobody looked.
    try scratch.rename("x.log", to: "x.log.1")
    try scratch.write(line(5) + "\n", to: "x.log")
    let second = Watch([scratch.path], checkpoints: first.checkpoints)
    #expect(second.settle())
    #expect(second.texts == [line(4), line(5)])
  }

  @Test func rotationLosesNothing() throws {
    let scratch = try Scratch()
    let watch = Watch([scratch.path])
    var expected: [String] = []
    for round in 0..<8 {
      let handle = try scratch.open(scratch.file("x.log"), truncating: false)
      for number in 0..<5 {
        let text = line(100 * round + number)
        try handle.write(contentsOf: Data((text + "\n").utf8))
        expected.append(text)
      }
      if round % 2 == 0 { #expect(watch.settle()) }
      try scratch.rename("x.log", to: "x.log.\(round)")
      // The writer still has the old file open.
      try handle.write(contentsOf: Data((line(100 * round + 50) + "\n").utf8))
      expected.append(line(100 * round + 50))
      try handle.close()
    }
    #expect(watch.settle())
    #expect(watch.texts == expected.sorted())
  }

  @Test func aFileThatIsMovedAwayIsReadToItsEnd() throws {
    let scratch = try Scratch()
    let away = try Scratch()
    try scratch.write(line(1) + "\n", to: "x.log")
    let watch = Watch([scratch.path], poll: true)
    #expect(watch.settle())
    let handle = try scratch.open(scratch.file("x.log"), truncating: false)
    try handle.seekToEnd()
    #expect(Foundation.rename(scratch.file("x.log"), away.file("x.log")) == 0)
    try handle.write(contentsOf: Data((line(2) + "\n" + line(3)).utf8))
    try handle.close()
    try scratch.write(line(4) + "\n", to: "x.log")
    watch.wait { $0.texts == [1, 2, 3, 4].map(line) }
    #expect(watch.settle())
    #expect(watch.collected.snapshot.progress[scratch.file("x.log")]?.state == .following)
    watch.wait { $0.progress.values.contains { $0.state == .gone } }
  }

  @Test func truncatedAndRewrittenFilesAreReadAnew() throws {
    let scratch = try Scratch()
    try scratch.write((0..<3).map { line($0) + "\n" }.joined(), to: "x.log")
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    // Shorter than before.
    try scratch.write(line(10) + "\n", to: "x.log")
    watch.wait { $0.texts.contains(line(10)) }
    #expect(watch.settle())
    // Longer than before: only what was read before tells.
    try scratch.write((20..<60).map { line($0) + "\n" }.joined(), to: "x.log")
    watch.wait { $0.texts.contains(line(59)) }
    #expect(watch.settle())
    #expect(watch.texts == ([0, 1, 2, 10] + (20..<60)).map(line).sorted())
  }

  @Test func aLastLineWithoutLineFeedIsTakenWhenNothingFollows() throws {
    let scratch = try Scratch()
    try scratch.write(line(1) + "\n" + line(2), to: "x.log")
    try scratch.write("{\"cut", to: "y.log")
    let watch = Watch([scratch.path], tailPatience: .milliseconds(50))
    #expect(watch.settle())
    #expect(watch.texts == [line(1), line(2)])
    #expect(watch.follower.status.bytesBehind == 5)
    try scratch.append(line(3) + "\n" + line(4) + "\n", to: "x.log")
    try scratch.append("\":1}\n", to: "y.log")
    watch.wait { $0.texts.count == 5 }
    #expect(watch.texts == [#"{"cut":1}"#] + [1, 2, 3, 4].map(line))
    #expect(watch.collected.snapshot.bad.values.allSatisfy { $0.isEmpty })
  }

  @Test func aWholeLastLineIsTakenWhenItsWriterCloses() throws {
    let scratch = try Scratch()
    // The patience outlasts the test: only the closing can bring the record.
    let watch = Watch([scratch.path], tailPatience: .seconds(600))
    #expect(watch.settle())
    try scratch.write(line(1), to: "new.json")
    watch.wait { $0.texts == [line(1)] }
    let handle = try scratch.open(scratch.file("x.log"), truncating: true)
    try handle.write(contentsOf: Data((line(2) + "\n" + line(3)).utf8))
    watch.wait { $0.texts.count >= 2 }
    try handle.close()
    watch.wait { $0.texts.count == 3 }
    // It goes on all the same: the next value is its own record.
    try scratch.append(line(4) + "\n" + line(5), to: "x.log")
    watch.wait { $0.texts == [1, 2, 3, 4, 5].map(line) }
    try scratch.write("{\"n\":", to: "cut.json")
    try scratch.append("6}", to: "cut.json")
    watch.wait { $0.texts.count == 6 }
    #expect(watch.collected.snapshot.bad.values.allSatisfy { $0.isEmpty })
  }

  @Test func aDocumentThatGoesOnIsReadOn() throws {
    let scratch = try Scratch()
    try scratch.write("{\"Records\":[\(line(1))]}\n", to: "x.json")
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    try scratch.append("{\"Records\":[\(line(2))]}\n", to: "x.json")
    watch.wait { $0.texts == [line(1), line(2)] }
  }

  @Test func goneFilesAreSaidToBeSo() throws {
    let scratch = try Scratch()
    try scratch.write("[\(line(1))]", to: "x.json")
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    try scratch.remove("x.json")
    watch.wait { $0.progress[scratch.file("x.json")]?.state == .gone }
    try scratch.write("[\(line(2))]", to: "x.json")
    watch.wait { $0.texts == [line(1), line(2)] }
  }

  @Test func pathsThatFilesHaveLeftAreSaidToBeGone() throws {
    let scratch = try Scratch()
    for name in ["a.log", "b.log", "c.log"] { try scratch.write(line(1) + "\n", to: name) }
    let first = Watch([scratch.path])
    #expect(first.settle())
    try scratch.rename("a.log", to: "a2.log")
    first.wait { $0.progress[scratch.file("a.log")]?.state == .gone }
    #expect(first.settle())
    first.follower.stop()
    try scratch.rename("b.log", to: "b2.log")
    try scratch.remove("c.log")
    let second = Watch([scratch.path], checkpoints: first.checkpoints)
    #expect(second.settle())
    #expect(second.texts.isEmpty)
    let states = second.collected.snapshot.progress.mapValues(\.state)
    #expect(
      states == [
        scratch.file("a2.log"): .following, scratch.file("b.log"): .gone,
        scratch.file("b2.log"): .following, scratch.file("c.log"): .gone,
      ])
  }

  @Test func aRootThatIsAFileIsFollowedAcrossItsReplacement() throws {
    let scratch = try Scratch()
    try scratch.write(line(1) + "\n", to: "x.log")
    try scratch.write(line(9) + "\n", to: "other.log")
    let watch = Watch([scratch.file("x.log")])
    #expect(watch.settle())
    try scratch.write(line(2) + "\n", to: "new")
    try scratch.rename("new", to: "x.log")
    watch.wait { $0.texts == [line(1), line(2)] }
    try scratch.append(line(8) + "\n", to: "other.log")
    try scratch.append(line(3) + "\n", to: "x.log")
    watch.wait { $0.texts == [1, 2, 3].map(line) }
  }

  @Test func anUnreadableFileIsTriedAgain() throws {
    // Root may read everything: then there is nothing to try.
    guard getuid() != 0 else { return }
    let scratch = try Scratch()
    try scratch.write(line(1) + "\n", to: "x.log")
    #expect(chmod(scratch.file("x.log"), 0) == 0)
    let watch = Watch([scratch.path])
    watch.wait { $0.progress[scratch.file("x.log")]?.state == .unreadable }
    #expect(chmod(scratch.file("x.log"), 0o600) == 0)
    #expect(watch.settle())
    #expect(watch.texts == [line(1)])
  }

  @Test func aRootThatIsMissingIsFoundWhenItComes() throws {
    let scratch = try Scratch()
    let watch = Watch([scratch.file("later")])
    #expect(watch.settle())
    #expect(watch.follower.files.map(\.state) == [.unreadable])
    try scratch.write(line(1) + "\n", to: "later/x.log")
    #expect(watch.settle())
    #expect(watch.texts == [line(1)])
  }

  @Test func stopsInTheMiddleAndGoesOnFromThere() throws {
    let scratch = try Scratch()
    let count = 60_000
    try scratch.write((0..<count).map { line($0) + "\n" }.joined(), to: "x.log")
    let first = Watch([scratch.path])
    first.wait { !$0.units.isEmpty }
    first.follower.stop()
    let second = Watch([scratch.path], checkpoints: first.checkpoints)
    #expect(second.settle())
    #expect(first.texts.count + second.texts.count == count)
    #expect(Set(first.texts + second.texts).count == count)
  }

  @Test func passesOverWhatIsExcludedHoweverItIsSpelt() throws {
    let scratch = try Scratch()
    try scratch.write(line(1) + "\n", to: "state/x.log")
    try scratch.write(line(2) + "\n", to: "y.log")
    let watch = Watch([scratch.path], excluded: [scratch.file("./state/../state")])
    #expect(watch.settle())
    try scratch.write(line(3) + "\n", to: "state/sub/z.log")
    try scratch.append(line(4) + "\n", to: "y.log")
    watch.wait { $0.texts.count >= 2 }
    #expect(watch.settle())
    #expect(watch.texts == [line(2), line(4)])
  }

  @Test func checkpointsKeepEveryField() throws {
    var mark = ReadMark(id: FileID(device: 7, inode: .max))
    mark.generation = 3
    mark.offset = 1 << 40
    mark.place = .afterValue
    mark.kind = .document
    mark.isGzip = true
    mark.isGone = true
    mark.records = 12
    mark.size = 99
    mark.modified = -5
    mark.headHash = 0xdead_beef_dead_beef
    mark.blockHash = 1
    #expect(ReadMark(encoded: mark.encoded) == mark)
    #expect(ReadMark(encoded: Array(mark.encoded.dropLast())) == nil)
    #expect(ReadMark(encoded: [9] + mark.encoded.dropFirst()) == nil)
  }

  @Test func pathsThatAreNoUTF8AreShownByTheirBytes() {
    #expect(FilePath(bytes: Array("a/é".utf8) + [0xc0, 0x62]).shown == "a/é\\xC0b")
  }
}

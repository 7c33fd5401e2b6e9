import Compression
import Foundation
import Testing
import Workers

@testable import Ingest

/// What happens to files that are followed, one thing at a time, on a real disk: with notices from
/// the kernel and by scanning alone.
@Suite("Files that change on a real disk", .timeLimit(.minutes(10)))
struct RotationTests {
  private func line(_ number: Int) -> String { "{\"n\":\(number)}" }

  private func lines(_ numbers: ClosedRange<Int>) -> String {
    numbers.map { line($0) + "\n" }.joined()
  }

  private func inode(_ path: String) -> UInt64 {
    var facts = stat()
    return stat(path, &facts) == 0 ? UInt64(facts.st_ino) : 0
  }

  @Test(arguments: [false, true])
  func aRenamedLogAndTheNewOneAreReadOnce(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    try scratch.write(lines(1...3), to: "a.log")
    let watch = Watch([scratch.path], poll: polls)
    #expect(watch.settle())
    try scratch.rename("a.log", to: "a.log.1")
    try scratch.append(lines(4...5), to: "a.log.1")
    try scratch.write(lines(6...7), to: "a.log")
    #expect(watch.settle())
    #expect(watch.texts == (1...7).map(line))
  }

  @Test(arguments: [false, true])
  func aCopyOfALogThatIsThenCutIsNotReadAgain(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    try scratch.write(lines(1...3), to: "a.log")
    let watch = Watch([scratch.path], poll: polls)
    #expect(watch.settle())
    try scratch.write(lines(1...3), to: "a.log.1")
    try scratch.write(lines(4...5), to: "a.log")
    #expect(watch.settle())
    #expect(watch.texts == (1...5).map(line))
  }

  @Test(arguments: [false, true])
  func aLogThatIsCutAndGrowsBeyondItsSizeBetweenLooksIsReadAnew(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    try scratch.write(lines(10...19), to: "a.log")
    let watch = Watch([scratch.path], poll: polls)
    #expect(watch.settle())
    try scratch.write(lines(20...79), to: "a.log")
    #expect(watch.settle())
    #expect(watch.texts == (10...79).map(line))
  }

  @Test(arguments: [false, true])
  func aNewFileWithAnOldNumberIsReadFromItsStart(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    var checkpoints: [String: [UInt8]] = [:]
    var texts: [String] = []
    for isRestarted in [false, true] {
      let base = isRestarted ? 50 : 10
      try scratch.write(lines(base...base + 9), to: "a.log")
      var watch = Watch([scratch.path], poll: polls, checkpoints: checkpoints)
      #expect(watch.settle())
      if isRestarted {
        watch.follower.stop()
        texts += watch.texts
        checkpoints.merge(watch.checkpoints) { $1 }
      }
      let number = inode(scratch.file("a.log"))
      try scratch.remove("a.log")
      // Longer than what had the number before, so that its size alone tells nothing.
      try scratch.write(lines(base + 10...base + 29), to: "b.log")
      if inode(scratch.file("b.log")) != number {
        print("the disk gave another inode: this run does not show what it is for")
      }
      if isRestarted {
        watch = Watch([scratch.path], poll: polls, checkpoints: checkpoints)
      }
      #expect(watch.settle())
      watch.follower.stop()
      texts += watch.texts
      checkpoints.merge(watch.checkpoints) { $1 }
      try scratch.remove("b.log")
    }
    #expect(texts.sorted() == (10...39).map(line) + (50...79).map(line))
  }

  @Test(arguments: [false, true])
  func aDocumentThatIsReplacedIsReadWhereItsContentIsNew(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    for (name, isGzip) in [("x.json", false), ("y.json.gz", true)] {
      let numbers = isGzip ? [3, 4] : [1, 2]
      func document(_ number: Int) -> [UInt8] {
        let text = Array("{\"Records\":[\(line(number))]}".utf8)
        return isGzip ? Gzip.compressed(text) : text
      }
      try scratch.write(document(numbers[0]), to: name)
      let watch = Watch([scratch.path], poll: polls)
      #expect(watch.settle())
      let before = watch.texts
      try scratch.write(document(numbers[0]), to: "new")
      try scratch.rename("new", to: name)
      #expect(watch.settle())
      #expect(watch.texts == before)
      try scratch.write(document(numbers[1]), to: "new")
      try scratch.rename("new", to: name)
      #expect(watch.settle())
      #expect(watch.texts == (before + [line(numbers[1])]).sorted())
    }
  }

  @Test func aFileThatIsDeletedWhileItIsReadIsReadToItsEnd() throws {
    let scratch = try Scratch.onDisk()
    let count = 60_000
    try scratch.write(lines(1...count), to: "a.log")
    let watch = Watch([scratch.path])
    watch.wait { !$0.units.isEmpty }
    try scratch.remove("a.log")
    #expect(watch.settle())
    watch.wait { $0.progress[scratch.file("a.log")]?.state == .gone }
    #expect(watch.texts.count == count)
  }

  @Test(arguments: [false, true])
  func aLineThatComesByteByByteIsTakenOnceAndWhole(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    let text = "{\"n\":\"é€😀\"}"
    try scratch.write("", to: "a.log")
    let watch = Watch([scratch.path], poll: polls, tailPatience: .milliseconds(1))
    let handle = try scratch.open(scratch.file("a.log"), truncating: true)
    for (index, byte) in (text + "\n" + text + "\n").utf8.enumerated() {
      try handle.write(contentsOf: Data([byte]))
      if index % 5 == 0 { #expect(watch.settle()) }
    }
    try handle.close()
    #expect(watch.settle())
    #expect(watch.texts == [text, text])
    #expect(watch.collected.snapshot.bad.values.allSatisfy { $0.isEmpty })
  }

  @Test(arguments: [false, true])
  func aLastLineWithoutLineFeedIsTakenAndGoesOn(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    try scratch.write(lines(1...1) + line(2), to: "a.log")
    let watch = Watch([scratch.path], poll: polls, tailPatience: .milliseconds(20))
    #expect(watch.settle())
    #expect(watch.texts == [1, 2].map(line))
    try scratch.append("\n" + line(3), to: "a.log")
    #expect(watch.settle())
    try scratch.append(line(4) + "\n", to: "a.log")
    #expect(watch.settle())
    #expect(watch.texts == (1...4).map(line))
    #expect(watch.collected.snapshot.bad.values.allSatisfy { $0.isEmpty })
  }

  @Test(arguments: [false, true])
  func aLineThatIsFarTooLongCostsItselfOnly(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    let long = "{\"n\":\"" + String(repeating: "x", count: 17 << 20) + "\"}\n"
    try scratch.write(lines(1...1) + long + lines(2...2), to: "a.log")
    let watch = Watch([scratch.path], poll: polls)
    #expect(watch.settle())
    #expect(watch.texts == [1, 2].map(line))
    #expect(watch.collected.snapshot.bad[scratch.file("a.log")]?.map(\.reason) == [.tooLong])
  }
}

import Compression
import Foundation
import Testing
import Workers

@testable import Ingest

/// Files as deliveries, strangers and broken tools leave them, on a real disk: with notices from
/// the kernel and by scanning alone.
@Suite("Odd files on a real disk", .timeLimit(.minutes(10)))
struct OddFileTests {
  private func line(_ number: Int) -> String { "{\"n\":\(number)}" }

  private func document(_ numbers: Int...) -> [UInt8] {
    Array("{\"Records\":[\(numbers.map(line).joined(separator: ","))]}".utf8)
  }

  /// What has become of each file, by its name.
  private func states(_ watch: Watch, _ scratch: Scratch) -> [String: FileState] {
    let states = watch.follower.files.map { ($0.path.dropFirst(scratch.path.count + 1), $0.state) }
    return Dictionary(states.map { (String($0), $1) }, uniquingKeysWith: { $1 })
  }

  @Test(arguments: [false, true])
  func aGzipThatIsCutAtAnyByteIsTakenWhenItIsWhole(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    let files = (0..<Gzip.compressed(document(100)).count - 1).map { cut in
      (name: "\(cut).json.gz", cut: cut, bytes: Gzip.compressed(document(100 + cut)))
    }
    for file in files { try scratch.write(Array(file.bytes.prefix(file.cut)), to: file.name) }
    let watch = Watch([scratch.path], poll: polls)
    #expect(watch.settle())
    #expect(watch.texts.isEmpty)
    #expect(watch.collected.snapshot.bad.values.allSatisfy { $0.isEmpty })
    let states = states(watch, scratch)
    #expect(files.dropFirst(2).allSatisfy { states[$0.name] == .incomplete })
    watch.follower.stop()
    // What was seen in part is no reason to pass over the whole, also after a restart.
    let second = Watch([scratch.path], poll: polls, checkpoints: watch.checkpoints)
    #expect(second.settle())
    for file in files { try scratch.write(file.bytes, to: file.name) }
    #expect(second.settle())
    #expect(second.texts == files.map { line(100 + $0.cut) }.sorted())
  }

  @Test(arguments: [false, true])
  func everyMemberOfAGzipIsReadAndWhatFollowsThemIsReported(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    let two = Gzip.compressed(document(1)) + Gzip.compressed(document(2))
    try scratch.write(two, to: "two.json.gz")
    try scratch.write(Gzip.compressed(document(3)) + Array("junk".utf8), to: "junk.json.gz")
    let watch = Watch([scratch.path], poll: polls)
    #expect(watch.settle())
    #expect(watch.texts == (1...3).map(line))
    let bad = watch.collected.snapshot.bad[scratch.file("junk.json.gz")]
    #expect(bad?.map(\.reason) == [.trailingBytes(4)])
  }

  @Test func aGzipThatInflatesToAHundredfoldOfALogIsRefused() throws {
    let scratch = try Scratch.onDisk()
    try scratch.write(
      Gzip.compressed([UInt8](repeating: 0x20, count: 256 << 20)), to: "bomb.json.gz")
    try scratch.write(Gzip.compressed(document(1)), to: "good.json.gz")
    let watch = Watch([scratch.path])
    #expect(watch.settle())
    #expect(watch.texts == [line(1)])
    #expect(states(watch, scratch) == ["bomb.json.gz": .unreadable, "good.json.gz": .complete])
  }

  @Test(arguments: [false, true])
  func whatIsNoFileIsNeverWaitedFor(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    let away = try Scratch.onDisk()
    try away.write(line(9) + "\n", to: "x.log")
    #expect(mkfifo(scratch.file("pipe.json"), 0o600) == 0)
    let name = (scratch.path as NSString).lastPathComponent
    #expect(Glibc.mknod(scratch.file("socket.json"), S_IFSOCK | 0o600, 0) == 0)
    try scratch.write(line(1) + "\n", to: "d/a.log")
    try scratch.link("loop", to: ".")
    try scratch.link("d/up", to: "../..")
    try scratch.link("round", to: "round")
    try scratch.link("also.log", to: "d/a.log")
    try scratch.link("out.log", to: away.file("x.log"))
    try scratch.link("back", to: "../\(name)/d")
    let watch = Watch([scratch.path], poll: polls)
    #expect(watch.settle())
    try scratch.append(line(2) + "\n", to: "d/a.log")
    #expect(watch.settle())
    #expect(watch.texts == [1, 2].map(line))
    let out = watch.follower.files.first { $0.path == scratch.file("out.log") }
    #expect(out?.state == .unreadable)
    #expect(out?.reason == "the link leads out of the followed directory")
  }

  @Test(arguments: [false, true])
  func filesInDirectoriesThatAppearWithThemAreFound(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    let watch = Watch([scratch.path], poll: polls)
    #expect(watch.settle())
    for number in 1...20 {
      try scratch.write(line(100 + number) + "\n", to: "a\(number)/b/c/x.log")
    }
    // A directory that is made elsewhere and moved here comes with one notice.
    let away = try Scratch.onDisk()
    try away.write(line(121) + "\n", to: "d/e/x.log")
    #expect(Glibc.rename(away.file("d"), scratch.file("moved")) == 0)
    watch.wait { $0.texts.count == 21 }
    #expect(watch.texts == (101...121).map(line))
  }

  @Test(arguments: [false, true])
  func whatADownloadIsWritingIsLeftAlone(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    let watch = Watch([scratch.path], poll: polls)
    try scratch.write(Gzip.compressed(document(1)), to: "AWSLogs/1.json.gz.2Af37DEe")
    try scratch.write(Gzip.compressed(document(2)), to: "AWSLogs/.2.json.gz.Xy12ab")
    #expect(watch.settle())
    #expect(watch.texts.isEmpty)
    try scratch.rename("AWSLogs/1.json.gz.2Af37DEe", to: "AWSLogs/1.json.gz")
    try scratch.rename("AWSLogs/.2.json.gz.Xy12ab", to: "AWSLogs/2.json.gz")
    #expect(watch.settle())
    #expect(watch.texts == [1, 2].map(line))
  }

  @Test(arguments: [false, true])
  func documentsWithEqualBeginningsAreDifferentOnes(polls: Bool) throws {
    let scratch = try Scratch.onDisk()
    let padding = String(repeating: "x", count: 5000)
    for number in 100..<300 {
      let text = "{\"Records\":[{\"x\":\"\(padding)\"},\(line(number))]}"
      try scratch.write(text, to: "\(number).json")
    }
    let watch = Watch([scratch.path], poll: polls)
    #expect(watch.settle())
    #expect(watch.texts.filter { $0.hasPrefix("{\"n\"") } == (100..<300).map(line))
  }
}

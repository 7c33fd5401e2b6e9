import Compression
import Events
import Foundation
import TestSupport
import Testing

@testable import LogIntegrity

/// A directory that is verified while it grows.
@Suite struct LiveVerifications {
  @Test func theNewestDigestIsVerifiedByTheNext() throws {
    let desk = try Desk()
    let hours = try desk.bucket.fill(hours: 10..<13)
    desk.look()
    #expect(desk.state(hours[1].digest) == .verified)
    #expect(desk.state(hours[1].logs[0]) == .verified)
    #expect(desk.state(hours[2].digest) == .pending)
    #expect(desk.state(hours[2].logs[0]) == .hashOnly)
    let logs = [desk.bucket.log(hour: 13, minute: 5)]
    try logs.forEach { try desk.bucket.put($0) }
    try desk.bucket.put(desk.bucket.digest(hour: 13, listing: logs, after: hours[2].digest))
    let changes = desk.look(after: 5)
    #expect(desk.state(hours[2].digest) == .verified)
    #expect(desk.state(hours[2].logs[0]) == .verified)
    // The digest and log of the new hour, and the three files that are certain now.
    #expect(changes.count == 5)
    #expect(changes.allSatisfy { $0.notice == nil })
  }

  @Test func whatIsNotDifferentIsNotTold() throws {
    let desk = try Desk()
    _ = try desk.bucket.fill(hours: 10..<13)
    #expect(desk.look().count == 9)
    #expect(desk.look(after: 5).isEmpty)
    #expect(desk.restarted().look(after: 5).isEmpty)
  }

  @Test func aChangedFileIsToldOnceItHasLainStill() throws {
    let desk = try Desk()
    let hours = try desk.bucket.fill(hours: 10..<13)
    desk.look()
    var log = hours[0].logs[0]
    log.text += " "
    try desk.bucket.put(log)
    #expect(desk.look(after: 1).allSatisfy { $0.notice == nil })
    #expect(desk.state(log) == .pending)
    #expect(desk.verification.isSettling)
    let notices = desk.look(after: 6).compactMap(\.notice)
    #expect(notices.map(\.state) == [.mismatch])
    #expect(notices.first?.account == "111122223333")
    #expect(notices.first?.raised == Timestamp(iso8601: "2026-03-16T10:05Z"))
    #expect(!desk.verification.isSettling)
    // The same again after a restart is no news, other content is.
    let again = desk.restarted()
    #expect(again.look(after: 7).isEmpty)
    log.text += " "
    try again.bucket.put(log)
    again.look(after: 8)
    let second = again.look(after: 14).compactMap(\.notice)
    #expect(second.map(\.turn) == [2])
    #expect(second.first?.hash != notices.first?.hash)
    // As it was signed: nothing is wrong with it any more, under the event time of before.
    try again.bucket.put(hours[0].logs[0])
    let cleared = again.look(after: 15).compactMap(\.notice)
    #expect(cleared.map(\.state) == [.verified])
    #expect(cleared.first?.raised == notices.first?.raised)
    #expect(cleared.first?.turn == 3)
  }

  @Test func aFileThatIsStillBeingWrittenIsNotCalledChanged() throws {
    let desk = try Desk()
    let log = try desk.bucket.fill(hours: 10..<13)[0].logs[0]
    let bytes = Gzip.compressed(Array(log.text.utf8))
    for (second, length) in [10, 30, 50].enumerated() {
      try desk.bucket.put(Array(bytes.prefix(length)), at: log.key)
      #expect(desk.look(after: second * 4).allSatisfy { $0.notice == nil })
      #expect(desk.state(log) == .pending)
    }
    try desk.bucket.put(bytes, at: log.key)
    #expect(desk.look(after: 13).allSatisfy { $0.notice == nil })
    #expect(desk.state(log) == .verified)
  }

  @Test func aFileIsMissingWhenNothingComesAnyMore() throws {
    let desk = try Desk()
    let hours = try desk.bucket.fill(hours: 10..<13)
    let lost = hours[1].logs[0]
    try desk.bucket.remove(lost)
    #expect(desk.look().allSatisfy { $0.notice == nil })
    #expect(desk.state(lost) == .pending)
    #expect(desk.look(after: 59).isEmpty)
    let notices = desk.look(after: 61).compactMap(\.notice)
    #expect(notices.map(\.state) == [.missing])
    #expect(desk.restarted().look(after: 62).isEmpty)
    try desk.bucket.put(lost)
    let changes = desk.look(after: 63)
    #expect(changes.compactMap(\.notice).map(\.reason) == ["the file is here now"])
    #expect(changes.compactMap(\.notice).first?.raised == notices.first?.raised)
    #expect(desk.state(lost) == .verified)
    #expect(!desk.kept.contains { $0.state == .missing })
  }

  @Test func whatNeverStopsComingDoesNotHideWhatIsMissing() throws {
    let desk = try Desk()
    let lost = try desk.bucket.fill(hours: 10..<13)[1].logs[0]
    try desk.bucket.remove(lost)
    desk.look()
    for minute in 1..<15 {
      try desk.bucket.put(desk.bucket.log(hour: 13, minute: minute))
      #expect(desk.look(after: minute * 60).allSatisfy { $0.notice == nil })
    }
    try desk.bucket.put(desk.bucket.log(hour: 13, minute: 15))
    #expect(desk.look(after: 900).compactMap(\.notice).map(\.state) == [.missing])
  }

  @Test func aLogThatGrowsBesideTheTrailIsNoNews() throws {
    let desk = try Desk()
    let lost = try desk.bucket.fill(hours: 10..<13)[1].logs[0]
    try desk.bucket.remove(lost)
    try desk.bucket.put([0x7B], at: "growing.json")
    desk.look()
    for second in 1...59 {
      try desk.bucket.put(Array(repeating: 0x7B, count: second + 1), at: "growing.json")
      #expect(desk.look(after: second).isEmpty)
    }
    // It does not hide that nothing of the trail comes any more.
    #expect(desk.look(after: 60).compactMap(\.notice).map(\.state) == [.missing])
  }

  @Test func aVerifiedFileThatIsClearedAwayIsNotMissing() throws {
    let desk = try Desk()
    let hours = try desk.bucket.fill(hours: 10..<13)
    desk.look()
    try desk.bucket.remove(hours[0].logs[0])
    #expect(desk.look(after: 100).isEmpty)
    #expect(desk.restarted().look(after: 2000).isEmpty)
    #expect(desk.state(hours[0].logs[0]) == .verified)
    // With its digest what is known of it goes, too.
    try desk.bucket.remove(hours[0].logs[1])
    try desk.bucket.remove(hours[0].digest)
    desk.look(after: 2001)
    #expect(desk.state(hours[0].logs[0]) == nil)
    #expect(!desk.kept.contains { $0.path.hasSuffix(hours[0].logs[0].key) })
  }

  @Test func aMovedDigestVouchesForNothing() throws {
    let desk = try Desk()
    let hours = try desk.bucket.fill(hours: 10..<13)
    try desk.bucket.remove(hours[0].digest)
    let place = hours[0].digest.key.replacing("/16/", with: "/17/")
    try desk.bucket.put(hours[0].digest, at: place)
    desk.look()
    let notices = desk.look(after: 6).compactMap(\.notice)
    #expect(notices.map(\.state) == [.mismatch])
    #expect(notices.first?.path.hasSuffix(place) == true)
    #expect(desk.state(hours[0].logs[0]) == .undigested)
  }

  @Test func aGapInAChainIsMissingAndItsLogsAreUndigested() throws {
    let desk = try Desk()
    let hours = try desk.bucket.fill(hours: 8..<13)
    try desk.bucket.remove(hours[2].digest)
    desk.look()
    let notices = desk.look(after: 61).compactMap(\.notice)
    #expect(notices.map(\.state) == [.missing])
    #expect(notices.first?.path.hasSuffix(hours[2].digest.key) == true)
    #expect(desk.state(hours[2].logs[0]) == .undigested)
    #expect(desk.state(hours[1].digest) == .pending)
    #expect(desk.state(hours[0].digest) == .verified)
  }

  @Test func aStoppedLookTellsNothingAndTheNextOneAll() throws {
    let desk = try Desk()
    _ = try desk.bucket.fill(hours: 10..<13)
    var asked = 0
    let stopped = desk.verification.look(now: desk.start, clock: Desk.clock) {
      asked += 1
      return asked > 5
    }
    #expect(stopped.isEmpty)
    #expect(desk.look().count == 9)
  }

  @Test func looksInAnyOrderOfArrivalComeToWhatOneLookComesTo() throws {
    for seed in UInt64(1)...20 {
      var random = SplitMix64(seed: seed)
      let desk = try Desk()
      let hours = try desk.bucket.fill(hours: 6..<12)
      var files = hours.flatMap { $0.logs + [$0.digest] }
      for file in files { try desk.bucket.remove(file) }
      files.shuffle(using: &random)
      let left = files.removeLast()
      var second = 0
      for file in files {
        try desk.bucket.put(file)
        second += 1
        if Bool.random(using: &random) { desk.look(after: second) }
      }
      desk.look(after: second + 1)
      desk.look(after: second + 62)
      let whole = try Desk(desk.bucket)
      whole.look()
      whole.look(after: 62)
      #expect(desk.states == whole.states, "seed \(seed), without \(left.key)")
    }
  }
}

/// A live verification of a bucket's directory, and what has been kept of what it told.
private final class Desk {
  static let clock = Timestamp(seconds: 1_773_700_000)
  let bucket: Bucket
  let start = ContinuousClock.now
  var verification: LiveVerification
  private(set) var kept: [FileStanding] = []

  init(_ bucket: Bucket? = nil, known: [FileStanding] = []) throws {
    self.bucket = try bucket ?? Bucket()
    kept = known
    var keys = PublicKeys()
    try keys.add(Array(Signer.first.listed().utf8))
    verification = LiveVerification(paths: [self.bucket.folder.path], keys: keys, known: known)
  }

  /// Another process on the same directory, with what this one kept.
  func restarted() -> Desk {
    guard let desk = try? Desk(bucket, known: kept) else { fatalError("the key was read before") }
    return desk
  }

  @discardableResult
  func look(after seconds: Int = 0) -> [StandingChange] {
    let changes = verification.look(now: start + .seconds(seconds), clock: Desk.clock)
    for change in changes {
      kept.removeAll { $0.path == change.path }
      if let standing = change.standing { kept.append(standing) }
    }
    return changes
  }

  /// What is known of an object, on disk or missing.
  func state(_ object: Bucket.Delivered) -> FileState? {
    kept.first { $0.path.hasSuffix("/" + object.key) }?.state
  }

  /// Every file's state, by path.
  var states: [String: FileState] {
    Dictionary(uniqueKeysWithValues: kept.map { ($0.path, $0.state) })
  }
}

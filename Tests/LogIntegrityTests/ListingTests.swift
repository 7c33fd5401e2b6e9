import Foundation
import Ingest
import Testing

@testable import LogIntegrity

/// Which digest lists which file, and which file lies where.
@Suite struct Listings {
  @Test func aFileListedTwiceIsVerifiedByEither() throws {
    let bucket = try Bucket()
    let first = try bucket.fill(hours: 10..<11)[0]
    let second = try bucket.digest(
      hour: 11, listing: [first.logs[0], first.logs[0]], after: first.digest)
    try bucket.put(second)
    try bucket.put(try bucket.digest(hour: 12, listing: [], after: second))
    let report = try bucket.verify()
    #expect(report.summary == ["3 digests: 2 verified, 1 pending", "2 log files: 2 verified"])
    try bucket.remove(first.logs[0])
    #expect(try bucket.verify().count(.log, .missing) == 1)
  }

  @Test func aForgedListingDoesNotOutvoteASignedOne() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<13)
    var log = hours[0].logs[0]
    log.text = #"{"Records":[]}"#
    try bucket.put(log)
    try bucket.put(
      try bucket.digest(hour: 12, listing: [log], after: nil, signer: .second, trail: "other"))
    let verdict = try #require(try bucket.verify().verdict(log))
    #expect(verdict.state == .mismatch)
    #expect(verdict.digest?.hasSuffix(hours[0].digest.key) == true)
  }

  @Test func aFileThatWasPlantedIsNotListed() throws {
    let bucket = try Bucket()
    _ = try bucket.fill(hours: 8..<13)
    let planted = bucket.log(hour: 9, minute: 40)
    try bucket.put(planted)
    let report = try bucket.verify()
    #expect(report.verdict(planted)?.state == .undigested)
    #expect(report.verdict(planted)?.reasons == [.notListed])
    #expect(report.isSound)
  }

  @Test func whatCameAfterTheNewestDigestIsPendingForAWhile() throws {
    let bucket = try Bucket()
    _ = try bucket.fill(hours: 8..<10)
    let fresh = bucket.log(hour: 10, minute: 10)
    try bucket.put(fresh)
    #expect(try bucket.verify().verdict(fresh)?.state == .pending)
    // Four hours later it should have been digested.
    try bucket.put(bucket.log(hour: 14, minute: 10))
    #expect(try bucket.verify().verdict(fresh)?.reasons == [.notCovered])
    let elsewhere = bucket.log(hour: 10, minute: 10, region: "us-east-1")
    try bucket.put(elsewhere)
    #expect(try bucket.verify().verdict(elsewhere)?.reasons == [.noDigests])
  }

  @Test func partsOfABucketMayLieAnywhere() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<12)
    let source = bucket.folder.appending(path: "AWSLogs/\(Bucket.account)")
    let places = ["copy/of/it", "flat"].map { bucket.folder.appending(path: $0) }
    try FileManager.default.createDirectory(
      at: places[0].deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: source, to: places[0])
    for object in hours.flatMap({ $0.logs + [$0.digest] }) {
      try bucket.put(object, at: "flat/" + object.key.split(separator: "/").last!)
    }
    for place in ["copy/of/it", "flat", "AWSLogs/\(Bucket.account)/"] {
      let report = try bucket.verify(below: [place])
      #expect(
        report.summary == [
          "2 digests: 1 verified, 1 pending", "4 log files: 2 verified, 2 hash only",
        ], "\(place)")
    }
    // Below another directory than the one that was downloaded, paths no longer end the keys.
    let report = try bucket.verify(below: ["copy"])
    #expect(report.count(.digest, .mismatch) == 2)
  }

  @Test func aPathGivenTwiceCountsOnce() throws {
    let bucket = try Bucket()
    _ = try bucket.fill(hours: 10..<12)
    let report = try bucket.verify(below: ["AWSLogs", "AWSLogs"])
    #expect(report.verdicts.count == 6)
  }

  @Test func digestsAndLogsMayBeAskedForApart() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<12)
    let account = "AWSLogs/\(Bucket.account)"
    let report = try bucket.verify(below: ["\(account)/CloudTrail-Digest", hours[0].logs[0].key])
    #expect(report.verdict(hours[0].logs[0])?.state == .verified)
    #expect(report.count(.log, .missing) == 3)
  }

  @Test func linkedNamesAreFilesOfTheirOwn() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<12)
    let log = bucket.folder.appending(path: hours[0].logs[0].key)
    let twin = bucket.folder.appending(path: "A-first-of-all.json.gz")
    try FileManager.default.linkItem(at: log, to: twin)
    let report = try bucket.verify()
    #expect(report.count(.log, .missing) == 0)
    #expect(report.verdict(at: "A-first-of-all.json.gz")?.state == .undigested)
  }

  @Test func pathsThatAreNotThereAreTold() throws {
    let bucket = try Bucket()
    _ = try bucket.fill(hours: 10..<12)
    let report = try bucket.verify(below: ["", "nowhere"])
    #expect(report.unreadable.map(\.reason) == ["there is no such file or directory"])
    #expect(!report.isSound)
  }
}

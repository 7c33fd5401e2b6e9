import Compression
import Foundation
import Testing

@testable import LogIntegrity

/// Whole downloads, untouched and touched.
@Suite struct Verifications {
  @Test func localFilesAloneVerifyAllButTheNewestDigest() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<13)
    let report = try bucket.verify()
    #expect(
      report.summary == [
        "3 digests: 2 verified, 1 pending", "6 log files: 4 verified, 2 hash only",
      ])
    #expect(report.verdict(hours[2].digest)?.reasons == [.noSignatureYet])
    #expect(report.verdict(hours[2].logs[0])?.reasons == [.digestNotVerified])
    #expect(report.verdict(hours[0].logs[0])?.digest?.hasSuffix(hours[0].digest.key) == true)
    #expect(report.verdict(hours[0].digest)?.digest?.hasSuffix(hours[1].digest.key) == true)
    #expect(report.isSound)
  }

  @Test func aNoteWithTheSignatureVerifiesTheNewestDigest() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<12)
    try bucket.putNote(for: hours[1].digest)
    let report = try bucket.verify()
    #expect(report.summary == ["2 digests: 2 verified", "4 log files: 4 verified"])
    try bucket.putNote(
      for: Bucket.Delivered(
        key: hours[1].digest.key, text: "", signature: hours[0].digest.signature))
    #expect(try bucket.verify().verdict(hours[1].digest)?.reasons == [.wrongSignature])
    try bucket.put(Array(#"{"Metadata": {}}"#.utf8), at: hours[1].digest.key + ".head.json")
    let verdict = try #require(try bucket.verify().verdict(hours[1].digest))
    #expect(verdict.state == .pending)
    #expect(verdict.reasons == [.unusableNote(.lacks(field: "Metadata.signature"))])
  }

  @Test func aChangedLogFileIsAMismatchAndNoOther() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<13)
    var log = hours[1].logs[1]
    log.text += " "
    try bucket.put(log)
    let report = try bucket.verify()
    #expect(report.verdict(log)?.state == .mismatch)
    #expect(report.verdict(log)?.reasons == [.changed])
    #expect(report.count(.log, .mismatch) == 1)
    #expect(report.count(.digest, .mismatch) == 0)
    #expect(!report.isSound)
  }

  @Test func recordsInASecondGzipMemberAreAChange() throws {
    let bucket = try Bucket()
    let log = try bucket.fill(hours: 10..<12)[0].logs[0]
    let more = Gzip.compressed(Array(#"{"Records":[]}"#.utf8))
    try bucket.put(Gzip.compressed(Array(log.text.utf8)) + more, at: log.key)
    #expect(try bucket.verify().verdict(log)?.reasons == [.changed])
  }

  @Test func aDamagedLogFileIsAMismatch() throws {
    let bucket = try Bucket()
    let log = try bucket.fill(hours: 10..<12)[0].logs[0]
    try bucket.put(Gzip.compressed(Array(log.text.utf8)).dropLast(9), at: log.key)
    let verdict = try bucket.verify().verdict(log)
    #expect(verdict?.state == .mismatch)
    #expect(verdict?.reason == "the gzip data ends too early")
  }

  @Test func aDigestMadeToFitAChangedLogVouchesForNothing() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<13)
    var log = hours[1].logs[0]
    log.text = #"{"Records":[]}"#
    try bucket.put(log)
    var forged = try bucket.digest(
      hour: 11, listing: [log, hours[1].logs[1]], after: hours[0].digest, signer: .second)
    forged.text = forged.text.replacing(Signer.second.fingerprint, with: Signer.first.fingerprint)
    try bucket.put(forged)
    let report = try bucket.verify()
    #expect(report.verdict(forged)?.reasons == [.wrongSignature])
    #expect(report.verdict(forged)?.state == .mismatch)
    #expect(report.verdict(hours[0].digest)?.state == .verified)
    for log in hours[1].logs {
      #expect(report.verdict(log)?.state == .undigested)
      #expect(report.verdict(log)?.reasons == [.digestBroken])
    }
  }

  @Test func noChangedByteOfADigestGoesUnnoticed() throws {
    let bucket = try Bucket()
    let digest = try bucket.fill(hours: 10..<12)[0].digest
    let bytes = Array(digest.text.utf8)
    for place in stride(from: 0, to: bytes.count, by: 7) {
      var changed = bytes
      changed[place] ^= 1
      try bucket.put(changed, at: digest.key)
      let report = try bucket.verify()
      #expect(report.verdict(digest)?.state != .verified, "byte \(place)")
      #expect(!report.isSound, "byte \(place)")
    }
  }

  @Test func aDigestCannotPassForTheNewestOfAnotherBucketOrTrail() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 8..<13)
    var digest = hours[0].digest
    digest.text = digest.text.replacing(
      #""digestS3Bucket":"example"#, with: #""digestS3Bucket":"another"#)
    try bucket.put(digest)
    for keys in [[], [Signer.first.listed()]] {
      let report = try bucket.verify(keys: keys)
      #expect(report.verdict(digest)?.state == .mismatch)
      #expect(report.verdict(digest)?.reason?.contains("s3://example-trail-bucket/") == true)
    }
    try bucket.remove(digest)
    let other = try bucket.digest(hour: 8, listing: hours[0].logs, after: nil, trail: "other")
    try bucket.put(other)
    let report = try bucket.verify()
    #expect(report.verdict(other)?.reasons == [.noSignatureAtEnd])
    #expect(report.unproven == 1)
    #expect(!report.isSound)
  }

  @Test func missingLogFilesAreNamed() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<13)
    try bucket.remove(hours[0].logs[1])
    let report = try bucket.verify()
    let verdict = try #require(report.verdict(hours[0].logs[1]))
    #expect(verdict.state == .missing)
    #expect(verdict.path == "s3://example-trail-bucket/\(hours[0].logs[1].key)")
    #expect(verdict.digest?.hasSuffix(hours[0].digest.key) == true)
    #expect(report.count(.log, .missing) == 1)
    #expect(!report.isSound)
  }

  @Test func aDeletedDigestIsMissingAndLeavesItsLogsUndigested() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<15)
    try bucket.remove(hours[2].digest)
    let report = try bucket.verify()
    #expect(report.verdict(hours[2].digest)?.state == .missing)
    #expect(report.verdict(hours[2].logs[0])?.state == .undigested)
    #expect(report.verdict(hours[2].logs[0])?.reasons == [.notCovered])
    // Its signature went with the one that was deleted.
    #expect(report.verdict(hours[1].digest)?.reasons == [.noSignatureAtEnd])
    #expect(report.unproven == 1)
    #expect(report.verdict(hours[3].digest)?.state == .verified)
    #expect(!report.isSound)
  }

  @Test func aDownloadFromADateOnMissesNothing() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<13)
    try bucket.remove(hours[0].digest)
    for log in hours[0].logs { try bucket.remove(log) }
    let report = try bucket.verify()
    #expect(report.count(.digest, .missing) == 0)
    #expect(report.verdict(hours[1].digest)?.state == .verified)
    #expect(report.verdict(hours[1].digest)?.reasons == [.beginsHere])
    #expect(report.isSound)
  }

  @Test func aMovedDigestIsAMismatch() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<13)
    try bucket.remove(hours[1].digest)
    let place = hours[1].digest.key.replacing("/03/16/", with: "/03/17/")
    try bucket.put(hours[1].digest, at: place)
    let report = try bucket.verify()
    #expect(report.verdict(at: place)?.state == .mismatch)
    #expect(report.verdict(at: place)?.reason?.contains("moved") == true)
    #expect(report.verdict(hours[1].logs[0])?.state == .undigested)
  }

  @Test func aBrokenChainSaysSinceWhen() throws {
    let bucket = try Bucket()
    _ = try bucket.fill(hours: 8..<10)
    let later = try bucket.fill(hours: 14..<16)
    let report = try bucket.verify()
    let verdict = try #require(report.verdict(later[0].digest))
    #expect(verdict.state == .verified)
    #expect(
      verdict.reason
        == "a new chain begins: no digest from 2026-03-16T10:01:31Z to 2026-03-16T14:01:31Z")
  }

  @Test func plainFilesAreAsGoodAsPackedOnes() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<12)
    let (log, digest) = (hours[0].logs[0], hours[0].digest)
    for object in [log, digest] {
      try bucket.remove(object)
      try bucket.put(object, at: String(object.key.dropLast(3)), isPacked: false)
    }
    let report = try bucket.verify()
    #expect(report.verdict(at: String(log.key.dropLast(3)))?.state == .verified)
    #expect(report.verdict(at: String(digest.key.dropLast(3)))?.state == .verified)
    #expect(report.isSound)
    // Inflated under the packed name.
    try bucket.put(hours[0].logs[1], isPacked: false)
    #expect(try bucket.verify().verdict(hours[0].logs[1])?.state == .verified)
  }

  @Test func anEmptyDirectoryIsNotSound() throws {
    let report = try Bucket().verify()
    #expect(report.verdicts.isEmpty)
    #expect(report.summary.isEmpty)
    #expect(!report.isSound)
  }
}

import Compression
import Events
import Foundation
import TestSupport
import Testing

@testable import LogIntegrity

/// Digests, keys, notes and names that somebody has made to do harm: they are refused, or read, and
/// nothing else.
@Suite struct HostileDigests {
  @Test func damagedDigestsAreReadOrRefused() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<12)
    let whole = Array(hours[1].digest.text.utf8)
    let original = try DigestFile(whole).hash
    var refused = 0
    for seed in UInt64(0)..<3000 {
      var random = SplitMix64(seed: seed)
      let bytes = Self.damaged(whole, &random)
      do throws(DigestProblem) {
        let digest = try DigestFile(bytes)
        // What is signed is over what was read: a digest that reads otherwise is another.
        #expect(bytes == whole || digest.hash != original, "seed \(seed)")
      } catch {
        refused += 1
        #expect(!error.sentence.isEmpty, "seed \(seed)")
      }
    }
    #expect(refused > 1000)
  }

  @Test func damagedKeysAndNotesAreReadOrRefused() throws {
    let keys = Array(Signer.first.listed().utf8)
    let note = Array(#"{"Metadata": {"signature": "00ff", "signature-algorithm": "x"}}"#.utf8)
    for seed in UInt64(0)..<2000 {
      var random = SplitMix64(seed: seed)
      var known = PublicKeys()
      do throws(DigestProblem) {
        try known.add(Self.damaged(keys, &random))
        #expect(!known.isEmpty, "seed \(seed)")
      } catch {
        #expect(!error.sentence.isEmpty, "seed \(seed)")
      }
      do throws(DigestProblem) {
        _ = try SignatureNote.signature(in: Self.damaged(note, &random))
      } catch {
        #expect(!error.sentence.isEmpty, "seed \(seed)")
      }
    }
  }

  @Test func namesOfAnyBytesAreNames() {
    let parts = [
      "111122223333", "_", "CloudTrail", "-Digest", "eu-west-1", "20260316T1000Z", ".json", ".gz",
      "/", "AWSLogs", "", "\u{0}", "\u{202E}", "é", "backfill", "..", "99999999T9999Z", "T", "Z",
    ]
    for seed in UInt64(0)..<5000 {
      var random = SplitMix64(seed: seed)
      let count = Int.random(in: 0...14, using: &random)
      let text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      let name = FileName(Text(lastComponentOf: text))
      _ = (name.place, name.time, name.chain, name.isDigest)
      let object = ObjectName(bucket: "b", key: Text(text))
      #expect(object.address == "s3://b/\(text)", "seed \(seed)")
      let standing = FileStanding(kind: .log, path: text, state: .pending)
      #expect(standing.account == name.place?.account.string, "seed \(seed)")
    }
  }

  @Test func anArchiveOfRubbishHasAVerdictOnEveryFile() throws {
    for seed in UInt64(0)..<12 {
      var random = SplitMix64(seed: seed)
      let bucket = try Bucket()
      let hours = try bucket.fill(hours: 9..<13)
      for file in hours.flatMap({ $0.logs + [$0.digest] }) {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: try bucket.remove(file)
        case 1:
          try bucket.put(
            Gzip.compressed(Self.damaged(Array(file.text.utf8), &random)), at: file.key)
        case 2:
          try bucket.put(
            Self.damaged(Gzip.compressed(Array(file.text.utf8)), &random), at: file.key)
        default: break
        }
      }
      let report = try bucket.verify()
      let there = FileManager.default.enumerator(atPath: bucket.folder.path)?.allObjects ?? []
      let files = there.compactMap { $0 as? String }.filter { $0.hasSuffix(".json.gz") }
      let judged = Set(report.verdicts.filter { $0.state != .missing }.map(\.path))
      #expect(judged.count == files.count, "seed \(seed)")
      // The same files looked at while they lie there come to the same.
      var keys = PublicKeys()
      try keys.add(Array(Signer.first.listed().utf8))
      var live = LiveVerification(paths: [bucket.folder.path], keys: keys)
      let start = ContinuousClock.now
      var known: [String: FileState] = [:]
      for second in [0, 6, 70] {
        let changes = live.look(now: start + .seconds(second), clock: Timestamp(seconds: 0))
        for change in changes { known[change.path] = change.standing?.state }
      }
      let expected = Dictionary(report.verdicts.map { ($0.path, $0.state) }) { first, _ in first }
      #expect(known == expected, "seed \(seed)")
    }
  }

  /// Bytes flipped, cut out, doubled or put in; sometimes none.
  private static func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    let hostile = Array("\"\\{}[]:,\u{0}9eE-+\u{7F}null".utf8) + [0xFF, 0xC0, 0xED]
    for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = hostile.randomElement(using: &random) ?? 0
      case 1: bytes.removeSubrange(place...)
      case 2:
        let end = min(bytes.endIndex, place + Int.random(in: 1...40, using: &random))
        bytes.removeSubrange(place..<end)
      case 3:
        let end = min(bytes.endIndex, place + Int.random(in: 1...200, using: &random))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      default:
        let count = [1, 3, 2000].randomElement(using: &random) ?? 1
        let byte = hostile.randomElement(using: &random) ?? 0
        bytes.insert(contentsOf: Array(repeating: byte, count: count), at: place)
      }
    }
    return bytes
  }
}

import Digest
import Events
import TestSupport
import Testing

@testable import LogIntegrity

/// Reading one digest.
@Suite struct DigestFiles {
  private static let text = """
    {"awsAccountId":"111122223333","digestStartTime":"2026-03-16T10:01:31Z",\
    "digestEndTime":"2026-03-16T11:01:31Z","digestS3Bucket":"b\\u0041d","digestS3Object":"p/x.gz",\
    "digestPublicKeyFingerprint":"31E8B543","digestSignatureAlgorithm":"SHA256withRSA",\
    "previousDigestS3Bucket":"b","previousDigestS3Object":"p/w.gz",\
    "previousDigestHashValue":"\(String(repeating: "0a", count: 32))",\
    "previousDigestHashAlgorithm":"SHA-256","previousDigestSignature":"50AaB7","logFiles":[\
    {"s3Bucket":"b","s3Object":"p/l.gz","hashValue":"\(String(repeating: "ff", count: 32))",\
    "hashAlgorithm":"SHA-256"}]}
    """

  @Test func tellsWhatItHolds() throws {
    let digest = try DigestFile(Array(Self.text.utf8))
    #expect(digest.object.address == "s3://bAd/p/x.gz")
    #expect(digest.start == Timestamp(iso8601: "2026-03-16T10:01:31Z"))
    #expect(digest.end == Timestamp(iso8601: "2026-03-16T11:01:31Z"))
    #expect(digest.fingerprint == Text("31e8b543"))
    #expect(digest.previous?.object == ObjectName(bucket: Text("b"), key: Text("p/w.gz")))
    #expect(digest.previous?.hash == Array(repeating: 0x0a, count: 32))
    #expect(digest.previous?.signature == [0x50, 0xaa, 0xb7])
    #expect(digest.entries.map(\.object.address) == ["s3://b/p/l.gz"])
    #expect(digest.entries.map(\.hash) == [Array(repeating: 0xff, count: 32)])
  }

  @Test func theStringToSignIsFourLinesWithTheSignatureAsWritten() throws {
    let digest = try DigestFile(Array(Self.text.utf8))
    #expect(
      String(decoding: digest.stringToSign, as: UTF8.self) == """
        2026-03-16T11:01:31Z
        bAd/p/x.gz
        \(hexadecimal(sha256(Array(Self.text.utf8))))
        50AaB7
        """)
  }

  @Test func theFirstOfAChainSignsTheWordNull() throws {
    let first = Self.text.replacing(#""50AaB7""#, with: "null")
      .replacing(#""p/w.gz""#, with: "null").replacing(#""b","prev"#, with: #"null,"prev"#)
    let digest = try DigestFile(Array(first.utf8))
    #expect(digest.previous == nil)
    #expect(String(decoding: digest.stringToSign, as: UTF8.self).hasSuffix("\nnull"))
  }

  @Test func whatIsNoDigestIsRefused() {
    let hash = #""hashValue":"ffff"#
    let cases: [(String, String, DigestProblem)] = [
      (#""digestS3Object":"p/x.gz","#, "", .lacks(field: "digestS3Object")),
      (
        #""digestS3Object":"p/x.gz""#, #""digestS3Object":7"#,
        .wrong(field: "digestS3Object", expected: "a string")
      ),
      (
        "2026-03-16T10:01:31Z", "soon",
        .wrong(field: "digestStartTime", expected: "a time such as 2026-03-16T10:01:31Z")
      ),
      (
        "SHA256withRSA", "MD5",
        .wrong(field: "digestSignatureAlgorithm", expected: "'SHA256withRSA'")
      ),
      (#""logFiles":["#, #""logFiles":7,"x":["#, .lacks(field: "logFiles")),
      (hash, #""hashValue":"zz"#, .wrong(field: "hashValue", expected: "hexadecimal digits")),
      (hash, #""hashValue":"ff"#, .wrong(field: "hashValue", expected: "64 hexadecimal digits")),
      (#""s3Bucket""#, #""s3Object""#, .ambiguous),
      (#""awsAccountId""#, #""digestS3Bucket""#, .ambiguous),
      (#""awsAccountId""#, #""digestS3\u0042ucket""#, .ambiguous),
      ("50AaB7", "50AaB", .wrong(field: "previousDigestSignature", expected: "hexadecimal digits")),
    ]
    for (found, instead, problem) in cases {
      let text = Self.text.replacing(found, with: instead)
      #expect(text != Self.text, "\(found)")
      #expect(throws: problem, "\(instead)") { try DigestFile(Array(text.utf8)) }
    }
  }

  @Test func hostileTextCostsNothingButARefusal() {
    let deep = String(repeating: "[", count: 100_000)
    for text in ["", "{", "[]", "null", "7", deep, #"{"logFiles":"# + deep, "\u{0}", "\u{FEFF}{}"] {
      #expect(throws: DigestProblem.self, "\(text.prefix(20))") {
        try DigestFile(Array(text.utf8))
      }
    }
    for seed in 0..<2_000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var bytes = Array(Self.text.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random) / 8)
      // Taken or refused, never a trap; what is taken hashes what was read.
      if let digest = try? DigestFile(bytes) { #expect(digest.hash == sha256(bytes), "\(seed)") }
    }
  }
}

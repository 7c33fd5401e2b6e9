import Testing

@testable import LogIntegrity

/// What keys there are, and whose.
@Suite struct Keys {
  @Test func withoutKeysHashesHaveToDo() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<13)
    var report = try bucket.verify(keys: [])
    #expect(
      report.summary == ["3 digests: 2 hash only, 1 pending", "6 log files: 6 hash only"])
    #expect(report.verdict(hours[0].digest)?.reasons.first == .noKeys)
    #expect(report.isSound)
    var digest = hours[0].digest
    digest.text += "\n"
    try bucket.put(digest)
    report = try bucket.verify(keys: [])
    #expect(report.verdict(digest)?.state == .mismatch)
    #expect(report.verdict(digest)?.reasons == [.wrongHash])
    #expect(!report.isSound)
  }

  @Test func anotherKeyUnderTheSameFingerprintIsAMismatch() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<12)
    let report = try bucket.verify(keys: [Signer.second.listed(as: Signer.first.fingerprint)])
    #expect(report.verdict(hours[0].digest)?.reasons == [.wrongSignature])
  }

  @Test func digestsUnderAKeyThatIsNotListedDoNotPass() throws {
    let bucket = try Bucket()
    let hours = try bucket.fill(hours: 10..<13, signer: .second)
    let report = try bucket.verify()
    #expect(
      report.summary == ["3 digests: 2 hash only, 1 pending", "6 log files: 6 hash only"])
    #expect(report.unproven == 3)
    #expect(!report.isSound)
    let reason = try #require(report.verdict(hours[0].digest)?.reason)
    #expect(
      reason.contains(
        "aws cloudtrail list-public-keys --region eu-west-1"
          + " --start-time 2026-03-15 --end-time 2026-03-17"))
  }

  @Test func keysOfSeveralRegionsComeFromSeveralFiles() throws {
    let bucket = try Bucket()
    _ = try bucket.fill(hours: 10..<12)
    _ = try bucket.fill(hours: 10..<12, region: "us-east-1", signer: .second)
    let report = try bucket.verify(keys: [Signer.first.listed(), Signer.second.listed()])
    #expect(report.count(.digest, .verified) == 2)
    #expect(report.count(.digest, .pending) == 2)
    #expect(report.isSound)
  }

  @Test func fingerprintsMayBeInCapitals() throws {
    let bucket = try Bucket()
    _ = try bucket.fill(hours: 10..<12)
    let capitals = Signer.first.listed(as: Signer.first.fingerprint.uppercased())
    #expect(try bucket.verify(keys: [capitals]).count(.digest, .verified) == 1)
  }

  @Test func filesThatListNoKeysAreRefused() {
    let cases: [(String, DigestProblem)] = [
      ("", .notJSON(offset: 0)),
      ("{}", .noKeys),
      (#"{"PublicKeyList": []}"#, .noKeys),
      (#"{"PublicKeyList": [{"Value": "AAAA"}]}"#, .lacks(field: "Fingerprint")),
      (#"{"PublicKeyList": [{"Fingerprint": "ab"}]}"#, .lacks(field: "Value")),
      (
        #"{"PublicKeyList": [{"Fingerprint": "ab", "Value": "AAAA"}]}"#,
        .noKey(fingerprint: "ab")
      ),
      (#"[{"Fingerprint": "ab", "Value": "%%%"}]"#, .noKey(fingerprint: "ab")),
    ]
    for (text, problem) in cases {
      var keys = PublicKeys()
      #expect(throws: problem, "\(text)") { try keys.add(Array(text.utf8)) }
    }
  }
}

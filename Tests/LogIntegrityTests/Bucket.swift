import Compression
import CryptoExtras
import Digest
import Events
import Foundation
import Ingest

@testable import LogIntegrity

/// A key pair of CloudTrail's, as one region has it.
struct Signer {
  let fingerprint: String
  private let key: _RSA.Signing.PrivateKey

  static let first = Signer(fingerprint: "31e8b5433410dfb61a9dc45cc65b22ff")
  static let second = Signer(fingerprint: "0f0f0f0f3410dfb61a9dc45cc65b22ff")

  private init(fingerprint: String) {
    self.fingerprint = fingerprint
    do {
      key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    } catch {
      fatalError("a key should be made: \(error)")
    }
  }

  /// What `list-public-keys` prints of this key, under a fingerprint of one's choice.
  func listed(as fingerprint: String? = nil) -> String {
    let value = key.publicKey.derRepresentation.base64EncodedString()
    return """
      {"PublicKeyList": [{"Value": "\(value)", "ValidityStartTime": 1436317441.0,
        "ValidityEndTime": 1438909441.0, "Fingerprint": "\(fingerprint ?? self.fingerprint)"}]}
      """
  }

  func signature(of text: String) throws -> String {
    let signature = try key.signature(for: Data(text.utf8), padding: .insecurePKCS1v1_5)
    return hexadecimal(signature.rawRepresentation)
  }
}

/// A download of a bucket in a temporary directory, with logs and digests as CloudTrail makes them.
final class Bucket {
  struct Delivered {
    var key: String
    var text: String
    var signature = ""
  }

  static let account = "111122223333"
  let folder: URL
  private let name = "example-trail-bucket"

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "integrity-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }  // nothing depends on it

  /// Hours of 2026-03-16, each with two log files and a digest; all on disk.
  func fill(
    hours: Range<Int>, region: String = "eu-west-1", signer: Signer = .first
  ) throws
    -> [(logs: [Delivered], digest: Delivered)]
  {
    var previous: Delivered?
    return try hours.map { hour in
      let logs = [5, 20].map { log(hour: hour, minute: $0, region: region) }
      for log in logs { try put(log) }
      let digest = try digest(
        hour: hour, listing: logs, after: previous, region: region, signer: signer)
      try put(digest)
      previous = digest
      return (logs, digest)
    }
  }

  func log(hour: Int, minute: Int, region: String = "eu-west-1") -> Delivered {
    let time = "20260316T\(two(hour))\(two(minute))Z"
    return Delivered(
      key: "AWSLogs/\(Self.account)/CloudTrail/\(region)/2026/03/16/"
        + "\(Self.account)_CloudTrail_\(region)_\(time)_3K7ST4QXSVDN\(two(hour))\(two(minute)).json.gz",
      text: #"{"Records":[{"eventID":"\#(region)-\#(time)"}]}"#)
  }

  /// The digest of the files delivered from hour:01:31 to an hour later.
  func digest(
    hour: Int, listing logs: [Delivered], after previous: Delivered?,
    region: String = "eu-west-1", signer: Signer = .first, trail: String = "main"
  ) throws -> Delivered {
    let end = "2026-03-16T\(two(hour + 1)):01:31Z"
    let key =
      "AWSLogs/\(Self.account)/CloudTrail-Digest/\(region)/2026/03/16/"
      + "\(Self.account)_CloudTrail-Digest_\(region)_\(trail)_\(region)_20260316T\(two(hour + 1))0131Z.json.gz"
    let entries = logs.map {
      #"{"s3Bucket":"\#(name)","s3Object":"\#($0.key)","hashValue":"\#(hash($0.text))","#
        + #""hashAlgorithm":"SHA-256","newestEventTime":"\#(end)","oldestEventTime":"\#(end)"}"#
    }
    func quoted(_ text: String?) -> String { text.map { "\"\($0)\"" } ?? "null" }
    let text = """
      {"awsAccountId":"\(Self.account)","digestStartTime":"2026-03-16T\(two(hour)):01:31Z",
      "digestEndTime":"\(end)","digestS3Bucket":"\(name)","digestS3Object":"\(key)",
      "digestPublicKeyFingerprint":"\(signer.fingerprint)",
      "digestSignatureAlgorithm":"SHA256withRSA","newestEventTime":null,"oldestEventTime":null,
      "previousDigestS3Bucket":\(quoted(previous.map { _ in name })),
      "previousDigestS3Object":\(quoted(previous?.key)),
      "previousDigestHashValue":\(quoted(previous.map { hash($0.text) })),
      "previousDigestHashAlgorithm":\(quoted(previous.map { _ in "SHA-256" })),
      "previousDigestSignature":\(quoted(previous?.signature)),
      "logFiles":[\(entries.joined(separator: ","))]}
      """
    // Put together here, apart from the code under test.
    let signed = [end, "\(name)/\(key)", hash(text), previous?.signature ?? "null"]
      .joined(separator: "\n")
    return Delivered(key: key, text: text, signature: try signer.signature(of: signed))
  }

  /// Writes an object to its place below the directory, or to another.
  func put(_ object: Delivered, at key: String? = nil, isPacked: Bool = true) throws {
    let bytes = Array(object.text.utf8)
    try put(isPacked ? Gzip.compressed(bytes) : bytes, at: key ?? object.key)
  }

  func put(_ bytes: [UInt8], at key: String) throws {
    let place = folder.appending(path: key)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: place)
  }

  /// Writes what `head-object` prints of a digest beside it.
  func putNote(for digest: Delivered) throws {
    let note =
      #"{"ContentLength": 700, "Metadata": {"signature": "\#(digest.signature)", "#
      + #""signature-algorithm": "SHA256withRSA"}}"#
    try put(Array(note.utf8), at: digest.key + ".head.json")
  }

  func remove(_ object: Delivered) throws {
    try FileManager.default.removeItem(at: folder.appending(path: object.key))
  }

  /// Verifies the directory, or places below it.
  func verify(
    below places: [String] = [""], keys lists: [String] = [Signer.first.listed()]
  ) throws -> IntegrityReport {
    var keys = PublicKeys()
    for list in lists { try keys.add(Array(list.utf8)) }
    let paths = places.map { $0.isEmpty ? folder.path : folder.appending(path: $0).path }
    return Verification(paths: paths, keys: keys, threads: 2).run()
  }

  private func hash(_ text: String) -> String { hexadecimal(sha256(Array(text.utf8))) }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension IntegrityReport {
  /// The verdict on the object of that key, on disk or missing.
  func verdict(_ object: Bucket.Delivered) -> Verdict? { verdict(at: object.key) }

  func verdict(at key: String) -> Verdict? { verdicts.first { $0.path.hasSuffix("/" + key) } }
}

import CryptoExtras
import Digest
import Foundation

/// A trail's files as CloudTrail signs them, below a directory: plain JSON under names of gzip's.
final class Trail {
  private static let account = "111122223333"
  private static let bucket = "example-trail"
  private let key: _RSA.Signing.PrivateKey
  private let folder: URL
  private var last: (key: String, hash: String, signature: String)?

  init(in folder: URL) throws {
    key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    self.folder = folder
  }

  /// What `list-public-keys` prints.
  var keys: String {
    let value = key.publicKey.derRepresentation.base64EncodedString()
    return #"{"PublicKeyList":[{"Value":"\#(value)","Fingerprint":"aa01"}]}"#
  }

  /// Delivers an hour of 2026-03-16: a log file with a record, and the digest that lists it.
  ///
  /// - Returns: The log file.
  func deliver(hour: Int) throws -> URL {
    let text = try ScanRecord(id: "id-\(hour)", time: "2026-03-16T\(hour):05:00Z").line
    let log = name("CloudTrail", "_20260316T\(hour)05Z_Ab3dEf6hIj9kLm1n.json.gz")
    let file = try put(text, at: log)
    let end = "2026-03-16T\(hour + 1):01:31Z"
    let digest = name("CloudTrail-Digest", "_main_eu-west-1_20260316T\(hour + 1)0131Z.json.gz")
    func quoted(_ text: String?) -> String { text.map { "\"\($0)\"" } ?? "null" }
    let body = """
      {"digestStartTime":"2026-03-16T\(hour):01:31Z","digestEndTime":"\(end)",
      "digestS3Bucket":"\(Self.bucket)","digestS3Object":"\(digest)",
      "digestPublicKeyFingerprint":"aa01","digestSignatureAlgorithm":"SHA256withRSA",
      "previousDigestS3Bucket":\(quoted(last.map { _ in Self.bucket })),
      "previousDigestS3Object":\(quoted(last?.key)),
      "previousDigestHashValue":\(quoted(last?.hash)),
      "previousDigestSignature":\(quoted(last?.signature)),
      "logFiles":[{"s3Bucket":"\(Self.bucket)","s3Object":"\(log)",
      "hashValue":"\(hash(text))","hashAlgorithm":"SHA-256"}]}
      """
    _ = try put(body, at: digest)
    let signed = [end, "\(Self.bucket)/\(digest)", hash(body), last?.signature ?? "null"]
    let signature = try key.signature(
      for: Data(signed.joined(separator: "\n").utf8), padding: .insecurePKCS1v1_5)
    last = (digest, hash(body), hexadecimal(signature.rawRepresentation))
    return file
  }

  private func name(_ kind: String, _ rest: String) -> String {
    "AWSLogs/\(Self.account)/\(kind)/eu-west-1/2026/03/16/\(Self.account)_\(kind)_eu-west-1\(rest)"
  }

  private func put(_ text: String, at key: String) throws -> URL {
    let file = folder.appending(path: key)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file, options: .atomic)
    return file
  }

  private func hash(_ text: String) -> String { hexadecimal(sha256(Array(text.utf8))) }
}

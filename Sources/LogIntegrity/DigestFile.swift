internal import Digest
package import Events
internal import JSON

/// What one digest file of CloudTrail says: which log files came in an hour, with their hashes, and
/// of the digest before it the hash and the signature.
package struct DigestFile: Sendable {
  /// A log file that was delivered.
  package struct Entry: Sendable {
    package let object: ObjectName
    /// SHA-256 of the uncompressed file, 32 bytes.
    package let hash: [UInt8]
  }

  /// The digest before this one.
  package struct Previous: Sendable {
    package let object: ObjectName
    /// SHA-256 of the uncompressed digest, 32 bytes; nil where it is not given.
    package let hash: [UInt8]?
    /// Over the string to sign of that digest; nil where it is not given.
    package let signature: [UInt8]?
  }

  package let object: ObjectName
  package let start: Timestamp
  package let end: Timestamp
  /// Which of CloudTrail's keys has signed this digest, hexadecimal in lower case.
  package let fingerprint: Text
  package let previous: Previous?
  package let entries: [Entry]
  /// What CloudTrail has signed.
  package let stringToSign: [UInt8]
  /// SHA-256 of the uncompressed digest, 32 bytes.
  package let hash: [UInt8]

  /// Reads the uncompressed text of a digest file.
  package init(_ bytes: [UInt8]) throws(DigestProblem) {
    let fields = try DigestFields(bytes)
    object = try fields.object("digestS3Bucket", "digestS3Object")
    start = try fields.time("digestStartTime")
    end = try fields.time("digestEndTime")
    fingerprint = Text(try fields.string("digestPublicKeyFingerprint")).foldingASCIICase
    try fields.expect("SHA256withRSA", in: "digestSignatureAlgorithm")
    previous = try fields.previous()
    entries = try fields.entries("logFiles")
    hash = sha256(bytes)
    stringToSign = Array(
      """
      \(try fields.string("digestEndTime"))
      \(object.bucket.string)/\(object.key.string)
      \(hexadecimal(hash))
      \(try fields.optional("previousDigestSignature") ?? "null")
      """.utf8)
  }
}

/// A JSON object whose fields a digest needs, taken one by one.
private struct DigestFields {
  private let value: JSONValue

  init(_ bytes: [UInt8]) throws(DigestProblem) {
    let document: JSONDocument
    do throws(JSONProblem) {
      document = try JSONDocument(bytes)
    } catch {
      throw .notJSON(offset: error.offset)
    }
    // Two readers could take two meanings from it; CloudTrail never writes one.
    guard !document.hasDuplicateKeys else { throw .ambiguous }
    value = document.root
  }

  private init(_ value: JSONValue) { self.value = value }

  func optional(_ key: String) throws(DigestProblem) -> String? {
    guard let field = value[key], field.kind != .null else { return nil }
    guard let string = field.string else { throw .wrong(field: key, expected: "a string") }
    return string
  }

  func string(_ key: String) throws(DigestProblem) -> String {
    guard let string = try optional(key), !string.isEmpty else { throw .lacks(field: key) }
    return string
  }

  func time(_ key: String) throws(DigestProblem) -> Timestamp {
    guard let time = Timestamp(iso8601: try string(key)) else {
      throw .wrong(field: key, expected: "a time such as 2026-03-16T10:01:31Z")
    }
    return time
  }

  func object(_ bucket: String, _ key: String) throws(DigestProblem) -> ObjectName {
    ObjectName(bucket: Text(try string(bucket)), key: Text(try string(key)))
  }

  /// Takes an absent field for the one algorithm that CloudTrail has.
  func expect(_ algorithm: String, in key: String) throws(DigestProblem) {
    guard let found = try optional(key), found != algorithm else { return }
    throw .wrong(field: key, expected: "'\(algorithm)'")
  }

  private func hex(_ key: String) throws(DigestProblem) -> [UInt8]? {
    guard let text = try optional(key) else { return nil }
    guard let bytes = bytes(hexadecimal: text) else {
      throw .wrong(field: key, expected: "hexadecimal digits")
    }
    return bytes
  }

  func hash(_ key: String) throws(DigestProblem) -> [UInt8]? {
    guard let bytes = try hex(key) else { return nil }
    guard bytes.count == 32 else { throw .wrong(field: key, expected: "64 hexadecimal digits") }
    return bytes
  }

  func previous() throws(DigestProblem) -> DigestFile.Previous? {
    guard try optional("previousDigestS3Object") != nil else { return nil }
    try expect("SHA-256", in: "previousDigestHashAlgorithm")
    return DigestFile.Previous(
      object: try object("previousDigestS3Bucket", "previousDigestS3Object"),
      hash: try hash("previousDigestHashValue"), signature: try hex("previousDigestSignature"))
  }

  func entries(_ key: String) throws(DigestProblem) -> [DigestFile.Entry] {
    guard let list = value[key], list.kind == .array else { throw .lacks(field: key) }
    var entries: [DigestFile.Entry] = []
    for element in list.elements {
      let fields = DigestFields(element)
      try fields.expect("SHA-256", in: "hashAlgorithm")
      guard let hash = try fields.hash("hashValue") else { throw .lacks(field: "hashValue") }
      entries.append(
        DigestFile.Entry(object: try fields.object("s3Bucket", "s3Object"), hash: hash))
    }
    return entries
  }
}

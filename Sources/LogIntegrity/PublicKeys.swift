internal import Digest
internal import Events
internal import JSON

/// CloudTrail's public keys, of as many regions as were asked for.
package struct PublicKeys: Sendable {
  // Two files may give one fingerprint two keys: either may have signed.
  private var keys: [Text: [RSAPublicKey]] = [:]

  package init() {}

  package var isEmpty: Bool { keys.isEmpty }
  package var count: Int { keys.count }

  /// Adds the keys of a file that holds what `aws cloudtrail list-public-keys` printed.
  package mutating func add(_ bytes: [UInt8]) throws(DigestProblem) {
    let document: JSONDocument
    do throws(JSONProblem) {
      document = try JSONDocument(bytes)
    } catch {
      throw .notJSON(offset: error.offset)
    }
    let list = document.root["PublicKeyList"] ?? document.root
    var found = 0
    for entry in list.elements {
      guard let fingerprint = entry["Fingerprint"]?.string else {
        throw .lacks(field: "Fingerprint")
      }
      guard let value = entry["Value"]?.string else { throw .lacks(field: "Value") }
      guard let key = RSAPublicKey(base64DER: value) else {
        throw .noKey(fingerprint: fingerprint)
      }
      keys[Text(fingerprint).foldingASCIICase, default: []].append(key)
      found += 1
    }
    if found == 0 { throw .noKeys }
  }

  func has(_ fingerprint: Text) -> Bool { keys[fingerprint] != nil }

  /// Whether the key that a digest names has signed it so.
  package func haveSigned(_ digest: DigestFile, as signature: [UInt8]) -> Bool {
    keys[digest.fingerprint, default: []].contains {
      $0.hasSigned(digest.stringToSign, signature: signature)
    }
  }
}

/// The signature of one digest, from a file beside it that holds what
/// `aws s3api head-object` printed: S3 keeps it in the object's metadata, which a download loses.
enum SignatureNote {
  /// Added to the name of the digest.
  static let suffix = ".head.json"

  static func signature(in bytes: [UInt8]) throws(DigestProblem) -> [UInt8] {
    let document: JSONDocument
    do throws(JSONProblem) {
      document = try JSONDocument(bytes)
    } catch {
      throw .notJSON(offset: error.offset)
    }
    guard let text = document.root["Metadata"]?["signature"]?.string else {
      throw .lacks(field: "Metadata.signature")
    }
    guard let signature = Digest.bytes(hexadecimal: text) else {
      throw .wrong(field: "Metadata.signature", expected: "hexadecimal digits")
    }
    return signature
  }
}

/// Why a file is no digest, no list of public keys, or no signature.
package enum DigestProblem: Error, Hashable, Sendable {
  case notJSON(offset: Int)
  /// An object holds a key twice.
  case ambiguous
  case lacks(field: String)
  case wrong(field: String, expected: String)
  case tooLong(limit: Int)
  /// A public key that is not RSA of 2,048 bits or more, by its fingerprint.
  case noKey(fingerprint: String)
  case noKeys

  package var sentence: String {
    switch self {
    case .notJSON(let offset): "it is not JSON, from byte \(offset) on"
    case .ambiguous: "it holds a key twice, so that it could be read in two ways"
    case .lacks(let field): "it has no '\(field)'"
    case .wrong(let field, let expected): "its '\(field)' is not \(expected)"
    case .tooLong(let limit): "it is longer than \(limit >> 20) MiB when inflated"
    case .noKey(let fingerprint): "the key '\(fingerprint)' is not RSA of 2,048 bits or more"
    case .noKeys:
      "it lists no key; expected what 'aws cloudtrail list-public-keys' prints"
    }
  }
}

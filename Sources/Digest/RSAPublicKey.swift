internal import Crypto
internal import CryptoExtras
internal import Foundation

/// A key that tells whether its owner has signed some bytes: RSA, PKCS #1 v1.5, SHA-256.
package struct RSAPublicKey: Sendable {
  private let key: _RSA.Signing.PublicKey

  /// Reads a key of 2,048 bits or more from DER, as PKCS #1 or as SubjectPublicKeyInfo, in base64;
  /// nil where the text is none.
  package init?(base64DER text: String) {
    guard let der = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else { return nil }
    do {
      key = try _RSA.Signing.PublicKey(derRepresentation: der)
    } catch {
      return nil  // Which of the library's reasons it was helps nobody: there is no such key.
    }
  }

  /// Whether the signature is the owner's over just these bytes.
  package func hasSigned(_ message: [UInt8], signature: [UInt8]) -> Bool {
    key.isValidSignature(
      _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: message),
      padding: .insecurePKCS1v1_5)
  }
}

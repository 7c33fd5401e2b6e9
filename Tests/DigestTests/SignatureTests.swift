import Digest
import Testing

/// Against a key and a signature that OpenSSL has made.
@Suite struct RSASignatures {
  private static let key =
    "MIIBCgKCAQEAtDEeW4ZHugynrt7Qld269LWLmnzDvoOf+54aMtABGs6AZFpCIogO++6wyEIqQSLi"
    + "V4s/33k444BSd3NN/ReFNjoK5ny9EpggrPwPaIG5r6UU/knVQ10rmKjXGQQscm+6+SiTrDeWYi0N"
    + "5tPU553UgpTxX8Old4uG9Xp4qdq+JKzcCrzutPJUH72tXdqx67m7vkPP/rOFTu0RbhqciHVxQWCL"
    + "CGbWbfaX0Z5dvloAGixcNbyGVK1IpZbSrND2Zmhtg3WTCFa7ylpIZi4u0/AY7S3ne82fkd+axwSY"
    + "7gy53QFxF3KuDLZsZlZT1qxZbPleR0Q0sfLNBVmGVGX4aiopYwIDAQAB"
  private static let signature =
    "3f018bd7d82bc6718a1c6faf347efbbeac4d3a619aae536fff706a3b66cc329bf767d0319ca3"
    + "ef903803b15b22da4cad912ca55d4a4ebba27dce9dfa1529e16d066e64090e75e1da60e19ae7"
    + "33af4b79874b2a59c4f1dbb6570e54c06f53e15e6b96cc422b3f5fb1959bf03fe81c46f37162"
    + "49ce0a63e5b7944f36c40652db3cde2d58cb25ef5d0c33c9cc87ea099f91e9a40d799d669073"
    + "108e01fbe3fde6d3323d548291b017ebc9dde319479b02cd506c6da4d240537ce1d194445ef6"
    + "4314677e32334ee65814dcf2d5c601c69643c8f6a5934f70f58c8f7fe894caa637b7625babee"
    + "83d1f245285742ebb327c919d146202309441f071ba4e04097f8c00e"
  private static let message = Array("a digest of an hour".utf8)

  @Test func theOwnersSignatureFitsItsMessageAlone() throws {
    let key = try #require(RSAPublicKey(base64DER: Self.key))
    let signature = try #require(bytes(hexadecimal: Self.signature))
    #expect(key.hasSigned(Self.message, signature: signature))
    #expect(!key.hasSigned(Self.message + [0x0a], signature: signature))
    #expect(!key.hasSigned([], signature: signature))
    for place in signature.indices {
      var other = signature
      other[place] ^= 1
      #expect(!key.hasSigned(Self.message, signature: other))
    }
    for length in [0, 1, 255] {
      #expect(!key.hasSigned(Self.message, signature: Array(signature.prefix(length))))
    }
    #expect(!key.hasSigned(Self.message, signature: signature + [0]))
  }

  @Test func linesOfBase64AreOneKey() {
    let lines = Self.key.prefix(76) + "\n" + Self.key.dropFirst(76)
    #expect(RSAPublicKey(base64DER: String(lines)) != nil)
  }

  @Test func shortKeysAndOtherTextAreNone() {
    let short =
      "MIGJAoGBANah5IqH/DxnZJFNv70STDxoJcXGm+ZZbzOJWrlNvSA0yUnElwsNHykcstK4sAu18XaM"
      + "81zgBBPZPDiMM4J0F0pHY9NZo3V1ghGISLErh6ZQLSQNODHi6s0dnj4xYHtF7cJgGxY0Q1Y9doAy"
      + "UDrC4JaYDHvdcuX1cqjqs8ime0gXAgMBAAE="
    for text in ["", "%%%", "AAAA", String(Self.key.dropLast(8)), short] {
      #expect(RSAPublicKey(base64DER: text) == nil, "\(text)")
    }
  }
}

@Suite struct Hexadecimals {
  @Test func areReadInEitherCase() {
    #expect(bytes(hexadecimal: "00fFa5") == [0x00, 0xFF, 0xA5])
    #expect(bytes(hexadecimal: "") == [])
  }

  @Test func areRefusedWhenOddOrOther() {
    for text in ["f", "fff", "0x", "g0", " 00", "é0"] {
      #expect(bytes(hexadecimal: text) == nil, "\(text)")
    }
  }
}

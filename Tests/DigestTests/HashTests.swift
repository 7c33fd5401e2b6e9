import Digest
import Testing

@Suite struct HashTests {
  @Test func givesTheKnownDigestsOfABC() {
    let known: [(HashFunction, String)] = [
      (.md5, "900150983cd24fb0d6963f7d28e17f72"),
      (.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        .sha512,
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
      ),
    ]
    for (function, digest) in known {
      #expect(hexadecimal(function.digest(of: Array("abc".utf8))) == digest)
    }
  }

  @Test func piecesHashLikeTheWhole() {
    let text = Array("a log file that is read chunk by chunk".utf8)
    for cut in 0...text.count {
      var hash = ContentHash()
      hash.update(Array(text[..<cut]))
      text[cut...].withUnsafeBytes { hash.update($0) }
      #expect(hash.digest() == sha256(text))
    }
  }

  @Test func writesEachByteAsTwoDigits() {
    #expect(hexadecimal([0x00, 0x0F, 0xA5, 0xFF]) == "000fa5ff")
    #expect(hexadecimal([]) == "")
  }
}

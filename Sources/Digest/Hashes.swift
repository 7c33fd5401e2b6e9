internal import Crypto

/// A hash function of the trade, by the name SPL calls it.
package enum HashFunction: String, Sendable {
  case md5
  case sha1
  case sha256
  case sha512

  /// The digest of some bytes: 16, 20, 32 or 64 of them.
  package func digest(of bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .md5: Array(Insecure.MD5.hash(data: bytes))
    case .sha1: Array(Insecure.SHA1.hash(data: bytes))
    case .sha256: Array(SHA256.hash(data: bytes))
    case .sha512: Array(SHA512.hash(data: bytes))
    }
  }
}

/// The SHA-256 of bytes that arrive in pieces: a file that is read chunk by chunk.
package struct ContentHash: Sendable {
  private var hasher = SHA256()

  package init() {}

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    hasher.update(bufferPointer: bytes)
  }

  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
  }

  /// The 32 bytes of the hash of all that came so far; more may follow.
  package func digest() -> [UInt8] { Array(hasher.finalize()) }
}

/// The SHA-256 of some bytes, as its 32 bytes.
package func sha256(_ bytes: [UInt8]) -> [UInt8] { HashFunction.sha256.digest(of: bytes) }

/// The SHA-256 of some bytes, as its 32 bytes.
package func sha256(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
  var hash = ContentHash()
  hash.update(bytes)
  return hash.digest()
}

/// Bytes as lower-case hexadecimal digits, two for each.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(
    decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

/// The bytes that hexadecimal digits stand for, of either case; nil where the text is not that.
package func bytes(hexadecimal text: String) -> [UInt8]? {
  var bytes: [UInt8] = []
  var high: UInt8?
  for digit in text.utf8 {
    let value: UInt8
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
    default: return nil
    }
    if let first = high {
      bytes.append(first << 4 | value)
      high = nil
    } else {
      high = value
    }
  }
  return high == nil ? bytes : nil
}

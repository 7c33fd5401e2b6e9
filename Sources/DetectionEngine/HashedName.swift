import Digest

/// A name for just these parts in this order: 32 hexadecimal digits.
///
/// Each part goes in with its length, so that ("a", "bc") and ("ab", "c") are two names; nil is
/// told from empty.
func hashedName(_ parts: [[UInt8]?]) -> String { hexadecimal(hashedBytes(parts)) }

func hashedName(_ parts: [String]) -> String { hashedName(parts.map { Array($0.utf8) }) }

/// The 16 bytes that `hashedName` writes out.
func hashedBytes(_ parts: [[UInt8]?]) -> [UInt8] {
  var bytes: [UInt8] = []
  for part in parts {
    bytes.append(part == nil ? 0 : 1)
    withUnsafeBytes(of: UInt64(part?.count ?? 0).bigEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: part ?? [])
  }
  return Array(sha256(bytes).prefix(16))
}

/// Tells with 64 bits whether bytes of a file are still the ones that were read.
///
/// Two multiply-and-mix lanes over eight bytes at a time, the same on every machine since it is
/// kept in checkpoints. It guards against mix-ups, not against forgery: who can rewrite the log
/// file can rewrite what follows, too.
enum ContentHash {
  static func of(_ bytes: [UInt8]) -> UInt64 {
    var left: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
    var right: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    bytes.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count {
        var word: UInt64 = 0
        let count = min(8, bytes.count - index)
        for place in 0..<count { word |= UInt64(bytes[index + place]) << (8 * UInt64(place)) }
        left = mix(left ^ word)
        right = mix(right &+ word) ^ left
        index += 8
      }
    }
    return mix(left ^ (right << 32 | right >> 32))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

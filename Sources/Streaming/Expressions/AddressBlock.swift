/// `10.0.0.0/8` or `2001:db8::/32`: the addresses whose first bits are those of a network.
struct AddressBlock: Sendable {
  private let network: [UInt8]
  private let bits: Int

  /// An address without a prefix length is a block of its own.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let network = Self.address(parts[0]) else { return nil }
    let bits = parts.count == 2 ? Int(parts[1]) : network.count * 8
    guard let bits, (0...network.count * 8).contains(bits) else { return nil }
    self.network = network
    self.bits = bits
  }

  func contains(_ text: String) -> Bool {
    guard let address = Self.address(text[...]), address.count == network.count else {
      return false
    }
    let whole = bits / 8
    guard address[..<whole].elementsEqual(network[..<whole]) else { return false }
    guard bits % 8 > 0 else { return true }
    let mask = ~UInt8(0) << (8 - bits % 8)
    return address[whole] & mask == network[whole] & mask
  }

  /// Four or sixteen bytes; nil for what is no address.
  static func address(_ text: Substring) -> [UInt8]? {
    text.utf8.contains(UInt8(ascii: ":")) ? sixteen(text) : four(text)
  }

  private static func four(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let bytes = parts.compactMap { part in
      part.count <= 3 && part.allSatisfy { $0.isASCII && $0.isNumber } ? UInt8(part) : nil
    }
    return bytes.count == 4 ? bytes : nil
  }

  private static func sixteen(_ text: Substring) -> [UInt8]? {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2, let first = groups(halves[0]) else { return nil }
    guard halves.count == 2 else { return first.count == 16 ? first : nil }
    guard let second = groups(halves[1]), first.count + second.count <= 14 else { return nil }
    return first + [UInt8](repeating: 0, count: 16 - first.count - second.count) + second
  }

  /// Groups of four hexadecimal digits; the last may be an IPv4 address.
  private static func groups(_ text: Substring) -> [UInt8]? {
    guard !text.isEmpty else { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, let last = four(part) {
        bytes += last
      } else {
        guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit),
          let group = UInt16(part, radix: 16)
        else { return nil }
        bytes += [UInt8(group >> 8), UInt8(group & 0xff)]
      }
    }
    return bytes
  }
}

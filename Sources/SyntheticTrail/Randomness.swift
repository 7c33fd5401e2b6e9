/// Seeded choices: SplitMix64 and what the traffic needs of it.
struct Randomness: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in 0..<bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// True in that part of all cases, 0...1.
  mutating func chance(_ part: Double) -> Bool { Double(next() >> 11) < part * 0x1p53 }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func weighted<Element>(_ elements: [Element], by weight: (Element) -> Int) -> Element {
    var left = below(elements.reduce(0) { $0 + weight($1) })
    for element in elements {
      left -= weight(element)
      if left < 0 { return element }
    }
    return elements[0]
  }

  /// Lower-case hexadecimal digits.
  mutating func hex(_ digits: Int) -> String {
    var text = ""
    while text.utf8.count < digits {
      let word = String(next(), radix: 16)
      text += String(repeating: "0", count: 16 - word.utf8.count) + word
    }
    return String(text.prefix(digits))
  }

  mutating func digest() -> String { "sha256:\(hex(64))" }

  mutating func uuid() -> String {
    "\(hex(8))-\(hex(4))-4\(hex(3))-a\(hex(3))-\(hex(12))"
  }
}

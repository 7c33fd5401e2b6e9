import Events

/// A decimal number without limit: sums of these are exact, whatever their order.
///
/// A number counts as the shortest decimal that is read back as it, so that 0.1 + 0.2 is 0.3.
struct Decimal: Equatable, Sendable {
  static let base: UInt32 = 1_000_000_000
  static let zero = Decimal(isNegative: false, limbs: [], low: 0)

  private(set) var isNegative: Bool
  /// To base 10^9, the least first; neither the first nor the last is 0.
  private(set) var limbs: [UInt32]
  /// The first limb counts 10^(9 * low).
  private(set) var low: Int

  init(isNegative: Bool, limbs: [UInt32], low: Int) {
    let zeros = limbs.prefix { $0 == 0 }.count
    var rest = limbs.dropFirst(zeros)
    while rest.last == 0 { rest.removeLast() }
    self.limbs = Array(rest)
    self.low = rest.isEmpty ? 0 : low + zeros
    self.isNegative = rest.isEmpty ? false : isNegative
  }

  init(_ number: Number) {
    switch number {
    case .whole(let whole):
      var rest = whole.magnitude
      var limbs: [UInt32] = []
      while rest > 0 {
        limbs.append(UInt32(rest % UInt64(Self.base)))
        rest /= UInt64(Self.base)
      }
      self.init(isNegative: whole < 0, limbs: limbs, low: 0)
    case .real(let real): self.init(shortestOf: real)
    }
  }

  /// `-1.25e-07`: digits, and what power of ten the last of them counts.
  private init(shortestOf real: Double) {
    let text = real.description.utf8
    let e = text.firstIndex(of: UInt8(ascii: "e")) ?? text.endIndex
    let mantissa = text[..<e].filter { $0 != UInt8(ascii: "-") }
    let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.count
    var exponent = Int(String(Substring(text[e...].dropFirst()))) ?? 0
    exponent -= max(0, mantissa.count - point - 1)
    var digits = mantissa.filter { $0 != UInt8(ascii: ".") }.map { UInt32($0 - 0x30) }
    // The last digit has to count a power of 10^9.
    let low = exponent >= 0 ? exponent / 9 : (exponent - 8) / 9
    digits += [UInt32](repeating: 0, count: exponent - low * 9)
    var limbs: [UInt32] = []
    while !digits.isEmpty {
      limbs.append(digits.suffix(9).reduce(0) { $0 * 10 + $1 })
      digits.removeLast(min(9, digits.count))
    }
    self.init(isNegative: real < 0, limbs: limbs, low: low)
  }

  static func + (left: Decimal, right: Decimal) -> Decimal {
    let low = min(left.low, right.low)
    let one = left.limbs(from: low)
    let two = right.limbs(from: low)
    if left.isNegative == right.isNegative {
      return Decimal(isNegative: left.isNegative, limbs: added(one, two), low: low)
    }
    return isLess(one, two)
      ? Decimal(isNegative: right.isNegative, limbs: subtracted(two, one), low: low)
      : Decimal(isNegative: left.isNegative, limbs: subtracted(one, two), low: low)
  }

  static func - (left: Decimal, right: Decimal) -> Decimal { left + right.negated }

  static func * (left: Decimal, right: Decimal) -> Decimal {
    var product = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (i, one) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for (j, two) in right.limbs.enumerated() {
        carry += UInt64(one) * UInt64(two) + UInt64(product[i + j])
        product[i + j] = UInt32(carry % UInt64(base))
        carry /= UInt64(base)
      }
      product[i + right.limbs.count] = UInt32(carry)
    }
    return Decimal(
      isNegative: left.isNegative != right.isNegative, limbs: product, low: left.low + right.low)
  }

  var negated: Decimal { Decimal(isNegative: !isNegative, limbs: limbs, low: low) }

  private func limbs(from low: Int) -> [UInt32] {
    limbs.isEmpty ? [] : [UInt32](repeating: 0, count: self.low - low) + limbs
  }

  private static func added(_ one: [UInt32], _ two: [UInt32]) -> [UInt32] {
    var sum: [UInt32] = []
    var carry: UInt32 = 0
    for index in 0..<max(one.count, two.count) {
      carry += (index < one.count ? one[index] : 0) + (index < two.count ? two[index] : 0)
      sum.append(carry % base)
      carry /= base
    }
    return sum + [carry]
  }

  /// The greater less the lesser.
  private static func subtracted(_ one: [UInt32], _ two: [UInt32]) -> [UInt32] {
    var borrow: Int64 = 0
    return one.indices.map { index in
      var digit = Int64(one[index]) - (index < two.count ? Int64(two[index]) : 0) - borrow
      borrow = digit < 0 ? 1 : 0
      if digit < 0 { digit += Int64(base) }
      return UInt32(digit)
    }
  }

  private static func isLess(_ one: [UInt32], _ two: [UInt32]) -> Bool {
    for index in (0..<max(one.count, two.count)).reversed() {
      let left = index < one.count ? one[index] : 0
      let right = index < two.count ? two[index] : 0
      if left != right { return left < right }
    }
    return false
  }
}

import Events

extension Decimal {
  /// The nearest number: rounded once, however many numbers were added up.
  var number: Number? {
    guard !limbs.isEmpty else { return .whole(0) }
    let text = (isNegative ? "-" : "") + digits + "e\(low * 9)"
    // `Number` wants whole numbers without an exponent.
    if low >= 0, limbs.count + low <= 3, let whole = Int64(fixed) { return .whole(whole) }
    return Double(text).flatMap { $0.isFinite ? Number($0) : nil }
  }

  /// The nearest number to the quotient.
  func divided(by divisor: UInt64) -> Number? {
    // Enough digits that those which are cut off cannot change what is rounded to.
    let extra = max(0, 6 - limbs.count)
    var quotient = [UInt32](repeating: 0, count: extra) + limbs
    var rest: UInt64 = 0
    for index in quotient.indices.reversed() {
      let (high, product) = rest.multipliedFullWidth(by: UInt64(Self.base))
      let (low, carries) = product.addingReportingOverflow(UInt64(quotient[index]))
      let result = divisor.dividingFullWidth((high + (carries ? 1 : 0), low))
      quotient[index] = UInt32(result.quotient)
      rest = result.remainder
    }
    // What is left over only says on which side of a half it lies.
    let sticky: UInt32 = rest == 0 ? 0 : 1
    return Decimal(isNegative: isNegative, limbs: [sticky] + quotient, low: low - extra - 1).number
  }

  /// With at most so many places, half away from zero, without zeros at the end.
  func rounded(places: Int) -> String {
    var (whole, fraction) = parts
    if fraction.count > places {
      let isUp = fraction[places] >= 5
      fraction.removeLast(fraction.count - places)
      var all = whole + fraction
      if isUp {
        var index = all.count - 1
        while index >= 0, all[index] == 9 {
          all[index] = 0
          index -= 1
        }
        if index >= 0 { all[index] += 1 } else { all.insert(1, at: 0) }
      }
      whole = Array(all.dropLast(places))
      fraction = Array(all.suffix(places))
    }
    while fraction.last == 0 { fraction.removeLast() }
    func text(_ digits: [UInt8]) -> String { digits.map { String($0) }.joined() }
    let magnitude =
      (whole.isEmpty ? "0" : text(whole)) + (fraction.isEmpty ? "" : ".")
      + text(fraction)
    return (isNegative && magnitude != "0" ? "-" : "") + magnitude
  }

  /// All digits, the last counting 10^(9 * low).
  private var digits: String {
    limbs.reversed().map { limb in
      let text = String(limb)
      return String(repeating: "0", count: 9 - text.count) + text
    }.joined()
  }

  private var fixed: String {
    (isNegative ? "-" : "") + digits + String(repeating: "0", count: low * 9)
  }

  /// Digits before and after the point.
  private var parts: (whole: [UInt8], fraction: [UInt8]) {
    var all = digits.utf8.map { $0 - 0x30 }
    if low >= 0 {
      all += [UInt8](repeating: 0, count: low * 9)
      return (Array(all.drop { $0 == 0 }), [])
    }
    let places = -low * 9
    if all.count < places { all = [UInt8](repeating: 0, count: places - all.count) + all }
    return (Array(all.dropLast(places).drop { $0 == 0 }), Array(all.suffix(places)))
  }
}

extension Decimal {
  func write(to writer: inout ByteWriter) {
    writer.write(isNegative ? 1 : UInt8(0))
    writer.write(Int64(low))
    writer.write(count: limbs.count)
    for limb in limbs { writer.write(Int64(limb)) }
  }

  init(from reader: inout ByteReader) throws(StreamingProblem) {
    let isNegative = try reader.byte() == 1
    let low = try reader.number()
    var limbs: [UInt32] = []
    for _ in 0..<(try reader.count()) {
      let limb = try reader.number()
      guard (0..<Int64(Self.base)).contains(limb) else { throw .damaged }
      limbs.append(UInt32(limb))
    }
    guard (-200...200).contains(low), limbs.count < 400 else { throw .damaged }
    self.init(isNegative: isNegative, limbs: limbs, low: Int(low))
  }
}

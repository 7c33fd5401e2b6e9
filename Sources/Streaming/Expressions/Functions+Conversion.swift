import Events
import SPL

extension Functions {
  static func tonumber(_ datum: Datum, base: Datum?) -> Datum {
    guard let base else { return datum.number.map { .value(.number($0)) } ?? .null }
    guard let radix = base.wholeNumber, (2...36).contains(radix), let text = datum.text else {
      return .null
    }
    if radix == 10 { return datum.number.map { .value(.number($0)) } ?? .null }
    var digits = text.foldingASCIICase.string
    if radix == 16, digits.hasPrefix("0x") { digits.removeFirst(2) }
    return Int64(digits, radix: radix).map { .value(.number(.whole($0))) } ?? .null
  }

  static func tostring(_ datum: Datum, as format: Text?) -> Datum {
    guard let format else { return .value(datum.isTruth ? datum.value : texts(of: datum.value)) }
    guard let number = datum.number else { return .null }
    switch format {
    case "hex":
      guard case .whole(let whole) = number else { return .null }
      return .string("0x" + String(UInt64(bitPattern: whole), radix: 16, uppercase: true))
    case "commas": return .string(commas(number))
    case "duration": return duration(number)
    default: return .null
    }
  }

  private static func texts(of value: Value) -> Value {
    Value(value.each.compactMap { $0.text.map(Value.text) })
  }

  /// `1,234,567.89`: with two places where there is a fraction.
  private static func commas(_ number: Number) -> String {
    let rounded = Decimal(number).rounded(places: 2)
    let parts = rounded.split(separator: ".", omittingEmptySubsequences: false)
    let sign = parts[0].hasPrefix("-") ? "-" : ""
    var digits = parts[0].dropFirst(sign.count)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    let whole = sign + ([digits] + groups).joined(separator: ",")
    guard case .real = number else { return whole }
    let places = parts.count > 1 ? String(parts[1]) : ""
    return whole + "." + places + String(repeating: "0", count: 2 - places.count)
  }

  /// `01:02:03`, `1+02:03:04` from a day on.
  private static func duration(_ number: Number) -> Datum {
    guard let seconds = Int64(exactly: number.double.rounded(.down)), seconds >= 0 else {
      return .null
    }
    func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
    let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(two)
    let days = seconds / 86400
    return .string((days > 0 ? "\(days)+" : "") + clock.joined(separator: ":"))
  }
}

extension Datum {
  fileprivate var isTruth: Bool {
    if case .truth = self { true } else { false }
  }
}

import Events
import SPL

/// Arithmetic: whole numbers stay whole while they can, what is no number makes null.
enum Sums {
  static func negated(_ datum: Datum) -> Datum {
    switch datum.number {
    case .whole(let whole) where whole != .min: .value(.number(.whole(-whole)))
    case let number?: .number(-number.double)
    case nil: .null
    }
  }

  static func result(_ left: Datum, _ sign: Arithmetic, _ right: Datum) -> Datum {
    guard let one = left.number, let two = right.number else {
      return sign == .add ? joined(left, right) : .null
    }
    if case .whole(let a) = one, case .whole(let b) = two, let whole = whole(a, sign, b) {
      return .value(.number(.whole(whole)))
    }
    return switch sign {
    case .add: .number(one.double + two.double)
    case .subtract: .number(one.double - two.double)
    case .multiply: .number(one.double * two.double)
    case .divide: two.double == 0 ? .null : .number(one.double / two.double)
    case .remainder:
      two.double == 0 ? .null : .number(one.double.truncatingRemainder(dividingBy: two.double))
    }
  }

  /// `+` joins two texts of which neither is a number.
  private static func joined(_ left: Datum, _ right: Datum) -> Datum {
    guard left.number == nil, right.number == nil, let one = left.text, let two = right.text
    else { return .null }
    return .string(one.string + two.string)
  }

  /// Nil where the result is not whole, or too great for one.
  private static func whole(_ a: Int64, _ sign: Arithmetic, _ b: Int64) -> Int64? {
    let (result, overflow): (Int64, Bool) =
      switch sign {
      case .add: a.addingReportingOverflow(b)
      case .subtract: a.subtractingReportingOverflow(b)
      case .multiply: a.multipliedReportingOverflow(by: b)
      case .divide:
        b == 0 || a.remainderReportingOverflow(dividingBy: b) != (0, false)
          ? (0, true) : a.dividedReportingOverflow(by: b)
      case .remainder: b == 0 ? (0, true) : a.remainderReportingOverflow(dividingBy: b)
      }
    return overflow ? nil : result
  }
}

import Events
import Glibc
import SPL

extension Functions {
  /// Functions of numbers; nil for others.
  static func number(_ function: EvalFunction, _ arguments: [Datum]) -> Datum? {
    switch function {
    case .round, .floor, .ceiling, .pow, .sqrt, .abs, .exp, .ln, .log:
      guard let number = arguments[0].number else { return .null }
      if arguments.count > 1, arguments[1].number == nil { return .null }
      return result(function, number, arguments.count > 1 ? arguments[1].number : nil)
    case .bitAnd, .bitOr, .bitXor: return bits(function, arguments)
    default: return angle(function, arguments)
    }
  }

  /// Functions of angles; nil for others.
  private static func angle(_ function: EvalFunction, _ arguments: [Datum]) -> Datum? {
    let numbers = arguments.map(\.number?.double)
    func one(_ compute: (Double) -> Double) -> Datum {
      numbers[0].map { .number(compute($0)) } ?? .null
    }
    func two(_ compute: (Double, Double) -> Double) -> Datum {
      guard let x = numbers[0], let y = numbers[1] else { return .null }
      return .number(compute(x, y))
    }
    return switch function {
    case .exact: arguments[0].number.map { .value(.number($0)) } ?? .null
    case .sin: one(Glibc.sin)
    case .cos: one(Glibc.cos)
    case .tan: one(Glibc.tan)
    case .asin: one(Glibc.asin)
    case .acos: one(Glibc.acos)
    case .atan: one(Glibc.atan)
    case .sinh: one(Glibc.sinh)
    case .cosh: one(Glibc.cosh)
    case .tanh: one(Glibc.tanh)
    case .atan2: two(Glibc.atan2)
    case .hypot: two(Glibc.hypot)
    default: nil
    }
  }

  private static func bits(_ function: EvalFunction, _ arguments: [Datum]) -> Datum {
    var result: Int64?
    for argument in arguments {
      guard case .whole(let bits)? = argument.number, bits >= 0 else { return .null }
      result =
        result.map { known in
          switch function {
          case .bitAnd: known & bits
          case .bitOr: known | bits
          default: known ^ bits
          }
        } ?? bits
    }
    return result.map { .value(.number(.whole($0))) } ?? .null
  }

  private static func result(
    _ function: EvalFunction, _ number: Number, _ second: Number?
  ) -> Datum? {
    let x = number.double
    return switch function {
    case .round: rounded(number, places: second)
    case .floor: isWhole(number) ? .value(.number(number)) : .number(x.rounded(.down))
    case .ceiling: isWhole(number) ? .value(.number(number)) : .number(x.rounded(.up))
    case .pow: .number(Glibc.pow(x, second?.double ?? 1))
    case .sqrt: x < 0 ? .null : .number(x.squareRoot())
    case .abs: x < 0 ? Sums.negated(.value(.number(number))) : .value(.number(number))
    case .exp: .number(Glibc.exp(x))
    case .ln: x <= 0 ? .null : .number(Glibc.log(x))
    case .log: logarithm(x, base: second?.double ?? 10)
    default: nil
    }
  }

  private static func isWhole(_ number: Number) -> Bool {
    if case .whole = number { true } else { false }
  }

  /// Half away from zero, by the digits as they are written: 2.555 to two places is 2.56.
  private static func rounded(_ number: Number, places: Number?) -> Datum {
    guard !isWhole(number) else { return .value(.number(number)) }
    let places = places.flatMap { Int(exactly: $0.double.rounded(.towardZero)) } ?? 0
    let text = Decimal(number).rounded(places: min(max(places, 0), 300))
    return Number(Text(text)).map { .value(.number($0)) } ?? .null
  }

  private static func logarithm(_ x: Double, base: Double) -> Datum {
    guard x > 0, base > 0, base != 1 else { return .null }
    if base == 10 { return .number(Glibc.log10(x)) }
    if base == 2 { return .number(Glibc.log2(x)) }
    return .number(Glibc.log(x) / Glibc.log(base))
  }
}

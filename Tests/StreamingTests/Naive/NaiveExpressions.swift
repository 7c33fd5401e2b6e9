import Events
import Foundation
import SPL
import Streaming

/// Expressions of `eval` and `where`, computed for one row.
struct NaiveExpressions {
  enum Found {
    case truth(Bool)
    case plain(Value)

    var value: Value {
      switch self {
      case .truth(let truth): .string(truth ? "True" : "False")
      case .plain(let value): value
      }
    }

    /// Null for truth values, which are no part of sums and texts.
    var operand: Value { if case .plain(let value) = self { value } else { .null } }

    var isNull: Bool { if case .plain(.null) = self { true } else { false } }
  }

  let search: NaiveSearch
  let row: NaiveSearch.Row

  init(_ search: NaiveSearch, _ row: NaiveSearch.Row) {
    self.search = search
    self.row = row
  }

  func truth(_ expression: SPL.Expression) throws -> Bool? {
    switch try value(expression) {
    case .truth(let truth): truth
    case .plain(.number(let number)): number != .whole(0)
    case .plain: nil
    }
  }

  func value(_ expression: SPL.Expression) throws -> Found {
    switch expression {
    case .literal(.text(let text)): return .plain(.string(text))
    case .literal(.number(let number)): return .plain(.number(Number(number)))
    case .literal(.truth(let truth)): return .truth(truth)
    case .literal(.null): return .plain(.null)
    case .field(let name): return .plain(row[name])
    case .negative(let inner):
      guard let number = try value(inner).operand.number else { return .plain(.null) }
      return .plain(Self.sum(.whole(0), .subtract, number))
    case .arithmetic(let left, let sign, let right):
      let (one, two) = (try value(left).operand, try value(right).operand)
      if let a = one.number, let b = two.number { return .plain(Self.sum(a, sign, b)) }
      guard sign == .add, one.number == nil, two.number == nil, let a = one.text, let b = two.text
      else { return .plain(.null) }
      return .plain(.string(a.string + b.string))
    case .concatenation(let left, let right):
      guard let one = try value(left).operand.text, let two = try value(right).operand.text else {
        return .plain(.null)
      }
      return .plain(.string(one.string + two.string))
    case .conditional(let condition, let then, let otherwise):
      return try value(try truth(condition) == true ? then : otherwise)
    case .cases(let branches):
      for branch in branches where try truth(branch.condition) == true {
        return try value(branch.value)
      }
      return .plain(.null)
    case .validate(let branches):
      for branch in branches where try truth(branch.condition) != true {
        return try value(branch.value)
      }
      return .plain(.null)
    case .multivalueMap(let field, let body):
      return .plain(Value(try each(of: field) { try $0.value(body).value.each }))
    case .multivalueFilter(let field, let condition):
      return .plain(
        Value(try each(of: field) { try $0.truth(condition) == true ? [$0.row[field]] : [] }))
    case .call(let function, let arguments):
      return try called(function, arguments.map { try value($0) })
    default: return try condition(expression).map(Found.truth) ?? .plain(.null)
    }
  }

  private func each(of field: String, _ body: (Self) throws -> [Value]) rethrows -> [Value] {
    try row[field].each.flatMap { value in
      var one = row
      one[field] = value
      return try body(NaiveExpressions(search, one))
    }
  }

  /// Nil for null.
  private func condition(_ expression: SPL.Expression) throws -> Bool? {
    switch expression {
    case .compare(let left, let comparison, let right):
      return Self.compares(try value(left), comparison, try value(right))
    case .like(let left, let right):
      let found = try value(left)
      guard !found.isNull, let pattern = try value(right).operand.text?.string else { return nil }
      let regex = pattern.unicodeScalars.map { scalar in
        switch scalar {
        case "%": ".*"
        case "_": "."
        default: NSRegularExpression.escapedPattern(for: String(scalar))
        }
      }
      return found.value.each.compactMap(\.text?.string).contains {
        NaiveConditions.matches(
          $0, "\\A\(regex.joined())\\z", [.dotMatchesLineSeparators])
      }
    case .within(let left, let list):
      let found = try value(left)
      if found.isNull { return nil }
      return try list.contains { Self.compares(found, .equal, try value($0)) == true }
    case .not(let inner): return try truth(inner).map { !$0 }
    case .and(let parts):
      let truths = try parts.map { try truth($0) }
      return truths.contains(false) ? false : truths.contains(nil) ? nil : true
    case .or(let parts):
      let truths = try parts.map { try truth($0) }
      return truths.contains(true) ? true : truths.contains(nil) ? nil : false
    case .exclusiveOr(let left, let right):
      guard let one = try truth(left), let two = try truth(right) else { return nil }
      return one != two
    case .searchMatch(let predicate): return NaiveConditions.holds(predicate, row)
    default: throw NaiveSearch.Gap(what: "\(expression)")
    }
  }

  private static func compares(_ left: Found, _ comparison: Comparison, _ right: Found) -> Bool? {
    if case .truth(let one) = left, case .truth(let two) = right {
      return holds(!one && two, one && !two, comparison)
    }
    if left.isNull || right.isNull { return nil }
    return left.value.each.contains { one in
      right.value.each.contains { two in
        if let a = one.number, let b = two.number { return holds(a < b, a > b, comparison) }
        let (a, b) = (one.text ?? "", two.text ?? "")
        return holds(a < b, b < a, comparison)
      }
    }
  }

  static func holds(_ isLess: Bool, _ isGreater: Bool, _ comparison: Comparison) -> Bool {
    switch comparison {
    case .equal: !isLess && !isGreater
    case .notEqual: isLess || isGreater
    case .less: isLess
    case .lessOrEqual: !isGreater
    case .greater: isGreater
    case .greaterOrEqual: !isLess
    }
  }

  /// Whole numbers stay whole where the result fits, which 128 bits tell.
  static func sum(_ left: Number, _ sign: Arithmetic, _ right: Number) -> Value {
    if case .whole(let a) = left, case .whole(let b) = right {
      let (a, b) = (Int128(a), Int128(b))
      let whole: Int128? =
        switch sign {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: b != 0 && a % b == 0 ? a / b : nil
        case .remainder: b != 0 ? a % b : nil
        }
      if let whole = whole.flatMap(Int64.init(exactly:)) { return .number(.whole(whole)) }
    }
    let (a, b) = (left.double, right.double)
    let real =
      switch sign {
      case .add: a + b
      case .subtract: a - b
      case .multiply: a * b
      case .divide: b == 0 ? Double.nan : a / b
      case .remainder: b == 0 ? Double.nan : fmod(a, b)
      }
    return real.isFinite ? .number(Number(real)) : .null
  }

  /// Half away from zero, by the digits that the number is written with.
  static func rounded(_ number: Double, places: Int) -> Number {
    guard var decimal = Foundation.Decimal(string: Number(number).description) else {
      return Number(number)
    }
    var result = Foundation.Decimal()
    NSDecimalRound(&result, &decimal, places, .plain)
    return Number(Double("\(result)") ?? .nan)
  }
}

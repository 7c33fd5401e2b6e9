import Events
import SPL

/// Comparisons of `where` and `eval`: with case, as numbers where both sides are numbers.
enum Comparing {
  /// Whether any of the values compares so with any of the others; nil where a side is null.
  static func holds(_ left: Datum, _ comparison: Comparison, _ right: Datum) -> Bool? {
    if case .truth(let one) = left, case .truth(let two) = right {
      return comparison.holds(!one && two, one && !two)
    }
    guard !left.isNull, !right.isNull else { return nil }
    let others = right.each
    return left.each.contains { one in others.contains { holds(one, comparison, $0) } }
  }

  static func holds(_ left: Value, _ comparison: Comparison, _ right: Value) -> Bool {
    if let one = left.number, let two = right.number {
      return comparison.holds(one < two, two < one)
    }
    guard let one = left.text, let two = right.text else { return false }
    return comparison.holds(one < two, two < one)
  }
}

extension Comparison {
  func holds(_ isLess: Bool, _ isGreater: Bool) -> Bool {
    switch self {
    case .equal: !isLess && !isGreater
    case .notEqual: isLess || isGreater
    case .less: isLess
    case .lessOrEqual: !isGreater
    case .greater: isGreater
    case .greaterOrEqual: !isLess
    }
  }
}

/// The pattern of `like`: `%` is any text, `_` one character, with case.
struct LikePattern {
  private let pattern: [Unicode.Scalar]

  init(_ text: Text) { pattern = Array(text.string.unicodeScalars) }

  func matches(_ text: Text) -> Bool {
    let text = Array(text.string.unicodeScalars)
    var place = 0
    var index = 0
    // Where to go on when what follows the last `%` does not fit.
    var lastPercent: (place: Int, index: Int)?
    while index < text.count {
      if place < pattern.count, pattern[place] == "%" {
        lastPercent = (place, index)
        place += 1
      } else if place < pattern.count, pattern[place] == "_" || pattern[place] == text[index] {
        place += 1
        index += 1
      } else if let last = lastPercent {
        place = last.place + 1
        index = last.index + 1
        lastPercent = (last.place, index)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "%" }
  }
}

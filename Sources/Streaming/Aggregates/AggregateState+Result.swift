import Events
import SPL

extension AggregateState {
  /// The value that the result row shows.
  func result(of function: AggregateFunction) -> Value {
    switch self {
    case .count(let count): .number(.whole(count))
    case .least(let extreme), .greatest(let extreme): extreme.result
    case .set(let tally):
      function == .distinctCount
        ? .number(.whole(tally.distinct)) : Value(tally.kept.map { .text($0.text) })
    case .tally(let tally):
      switch function {
      case .mode: AggregateState.mode(of: tally)
      case .percentile(let percent): AggregateState.percentile(percent, of: tally)
      default: AggregateState.median(of: tally)
      }
    case .moments(let moments): moments.result(of: function)
    case .span(let least?, let greatest?):
      Sums.result(.value(.number(greatest)), .subtract, .value(.number(least))).value
    case .span: .null
    case .one(let placed): placed?.value ?? .null
    case .list(let list): Value(list.values)
    case .held: .null
    }
  }

  private static func mode(of tally: Tally) -> Value {
    let most = tally.kept.max { one, other in
      one.count == other.count ? other.text < one.text : one.count < other.count
    }
    return most.map { .text($0.text) } ?? .null
  }

  /// Of two in the middle the higher.
  private static func median(of tally: Tally) -> Value {
    number(in: tally) { total in total / 2 + 1 }
  }

  /// The least number that at least so many of a hundred do not exceed.
  private static func percentile(_ percent: Double, of tally: Tally) -> Value {
    number(in: tally) { total in max(1, Int64((percent * Double(total) / 100).rounded(.up))) }
  }

  /// The number of a rank, from 1 for the least.
  private static func number(in tally: Tally, rank: (Int64) -> Int64) -> Value {
    var numbers = tally.kept.compactMap { entry in
      Number(entry.text).map { (number: $0, count: entry.count) }
    }
    numbers.sort { $0.number < $1.number }
    let wanted = rank(numbers.reduce(0) { $0 + $1.count })
    var seen: Int64 = 0
    for (number, count) in numbers {
      seen += count
      if seen >= wanted { return .number(number) }
    }
    return .null
  }
}

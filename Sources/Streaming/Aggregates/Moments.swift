import Events
import SPL

/// Number, sum and sum of squares of numbers, exact.
struct Moments: Equatable, Sendable {
  private(set) var count: Int64 = 0
  private(set) var sum = Decimal.zero
  /// Nil where only the sum is asked for.
  private(set) var squares: Decimal?

  init(withSquares: Bool) { squares = withSquares ? .zero : nil }

  mutating func add(_ number: Number) {
    let decimal = Decimal(number)
    count += 1
    sum = sum + decimal
    squares = squares.map { $0 + decimal * decimal }
  }

  mutating func merge(_ other: Moments) throws(StreamingProblem) {
    guard (squares == nil) == (other.squares == nil) else { throw .otherPlan }
    let (total, overflow) = count.addingReportingOverflow(other.count)
    guard !overflow else { throw .damaged }
    count = total
    sum = sum + other.sum
    if let one = squares, let two = other.squares { squares = one + two }
  }

  /// Null without a number.
  func result(of function: AggregateFunction) -> Value {
    guard count > 0 else { return .null }
    let number: Number? =
      switch function {
      case .sum: sum.number
      case .average: sum.divided(by: UInt64(count))
      case .sumOfSquares: squares?.number
      case .variance: variance(of: count - 1)
      case .populationVariance: variance(of: count)
      case .deviation: root(variance(of: count - 1))
      case .populationDeviation: root(variance(of: count))
      default: nil
      }
    return number.map(Value.number) ?? .null
  }

  /// (n * squares - sum * sum) / (n * freedom), which is exact up to the last step.
  private func variance(of freedom: Int64) -> Number? {
    guard freedom > 0, let squares else { return .whole(0) }
    let (divisor, overflow) = UInt64(count).multipliedReportingOverflow(by: UInt64(freedom))
    guard !overflow else { return nil }
    return (Decimal(.whole(count)) * squares - sum * sum).divided(by: divisor)
  }

  private func root(_ number: Number?) -> Number? { number.map { Number($0.double.squareRoot()) } }
}

extension Moments {
  func write(to writer: inout ByteWriter) {
    writer.write(count)
    sum.write(to: &writer)
    writer.write(squares == nil ? 0 : UInt8(1))
    squares?.write(to: &writer)
  }

  init(from reader: inout ByteReader) throws(StreamingProblem) {
    count = try reader.number()
    sum = try Decimal(from: &reader)
    squares = try reader.byte() == 1 ? try Decimal(from: &reader) : nil
    guard count >= 0 else { throw .damaged }
  }
}

import Events
import SPL

/// What one aggregate of a group has come to; the order of its inputs never shows.
enum AggregateState: Equatable, Sendable {
  case count(Int64)
  case least(Extreme)
  case greatest(Extreme)
  /// `values` and `dc`: each text once.
  case set(Tally)
  /// `mode`: each text and how often; `median` and percentiles: each number.
  case tally(Tally)
  case moments(Moments)
  /// `range`: the least and the greatest number.
  case span(Number?, Number?)
  /// `first`, `last`, `earliest`, `latest`: what there is so far.
  case one(Placed?)
  case list(PlacedList)
  /// An event that is kept for later stages, or a row of a search without `stats`.
  case held([Text: Value])

  /// The state before the first event.
  init(_ function: AggregateFunction) {
    self =
      switch function {
      case .count: .count(0)
      case .min: .least(Extreme())
      case .max: .greatest(Extreme())
      case .values: .set(Tally(.bytes))
      case .distinctCount: .set(Tally(.hash))
      case .mode, .median, .percentile: .tally(Tally(.hash))
      case .sum, .average: .moments(Moments(withSquares: false))
      case .sumOfSquares, .deviation, .variance, .populationDeviation, .populationVariance:
        .moments(Moments(withSquares: true))
      case .range: .span(nil, nil)
      case .first, .last, .earliest, .latest: .one(nil)
      case .list: .list(PlacedList())
      }
  }

  /// Whether there was more than it keeps.
  var isCapped: Bool {
    switch self {
    case .set(let tally), .tally(let tally): tally.isCapped
    case .list(let list): list.isCapped
    default: false
    }
  }

  /// How many texts and values it keeps.
  var keptTexts: Int {
    switch self {
    case .set(let tally), .tally(let tally): tally.size
    case .list(let list): list.size
    default: 0
    }
  }

  /// Takes the value or values that one event has; null is none.
  mutating func add(_ input: Placed, for function: AggregateFunction) {
    guard !input.value.isNull else { return }
    switch self {
    case .count(let count):
      var more: Int64 = 0
      input.value.forEach { _ in more += 1 }
      self = .count(count + more)
    case .least(var extreme):
      input.value.forEach { extreme.add($0, keeps: .least) }
      self = .least(extreme)
    case .greatest(var extreme):
      input.value.forEach { extreme.add($0, keeps: .greatest) }
      self = .greatest(extreme)
    case .set(var tally):
      self = .count(0)  // gives the set up, so that it is not copied
      input.value.forEach { value in value.text.map { tally.insert($0) } }
      self = .set(tally)
    case .tally(var tally):
      self = .count(0)
      input.value.forEach { value in value.tallied(for: function).map { tally.add($0) } }
      self = .tally(tally)
    case .moments(var moments):
      input.value.forEach { value in value.number.map { moments.add($0) } }
      self = .moments(moments)
    case .span: input.value.forEach { value in value.number.map { widen($0, $0) } }
    case .one(let known): self = .one(AggregateState.better(known, input, for: function))
    case .list(var list):
      self = .count(0)
      list.add(input)
      self = .list(list)
    case .held: preconditionFailure("what is held is no aggregate")
    }
  }

  /// Takes what another part of the same group has come to.
  mutating func merge(
    _ other: AggregateState, for function: AggregateFunction?
  ) throws(StreamingProblem) {
    switch (self, other) {
    case (.count(let one), .count(let two)):
      let (sum, overflow) = one.addingReportingOverflow(two)
      if overflow { throw .damaged }
      self = .count(sum)
    case (.least(var one), .least(let two)):
      one.merge(two, keeps: .least)
      self = .least(one)
    case (.greatest(var one), .greatest(let two)):
      one.merge(two, keeps: .greatest)
      self = .greatest(one)
    case (.set(var one), .set(let two)) where one.order == two.order:
      one.merge(two, asSet: true)
      self = .set(one)
    case (.tally(var one), .tally(let two)) where one.order == two.order:
      one.merge(two, asSet: false)
      self = .tally(one)
    case (.moments(var one), .moments(let two)):
      try one.merge(two)
      self = .moments(one)
    case (.span, .span(let least, let greatest)):
      if let least, let greatest { widen(least, greatest) }
    case (.one(let one), .one(let two)):
      guard let function else { throw .otherPlan }
      if let two { self = .one(AggregateState.better(one, two, for: function)) }
    case (.list(var one), .list(let two)):
      one.merge(two)
      self = .list(one)
    case (.held(let one), .held(let two)): self = .held(one.isEmpty ? two : newer(one, two))
    default: throw .otherPlan
    }
  }

  private mutating func widen(_ least: Number, _ greatest: Number) {
    guard case .span(let low, let high) = self else { return }
    self = .span(low.map { min($0, least) } ?? least, high.map { max($0, greatest) } ?? greatest)
  }

  private static func better(
    _ known: Placed?, _ new: Placed, for function: AggregateFunction
  ) -> Placed? {
    let isByTime = function == .earliest || function == .latest
    if isByTime, new.time == nil { return known }
    guard let known else { return new }
    return switch function {
    case .first: new.precedes(known) ? new : known
    case .last: known.precedes(new) ? new : known
    case .earliest: known.isLater(than: new) ? new : known
    default: new.isLater(than: known) ? new : known
    }
  }
}

extension Value {
  /// Each of the values, none for null, without an array of them.
  fileprivate func forEach(_ body: (Value) -> Void) {
    switch self {
    case .null: return
    case .many(let values): values.forEach(body)
    default: body(self)
    }
  }

  /// What is counted of a value: of percentiles only numbers, however they are written.
  fileprivate func tallied(for function: AggregateFunction) -> Text? {
    function == .mode ? text : number.map { Text($0.description) }
  }
}

/// One of two versions of the same event, which copies of a record can be: bytes decide.
private func newer(_ one: [Text: Value], _ two: [Text: Value]) -> [Text: Value] {
  guard one != two else { return one }
  return one.bytes.lexicographicallyPrecedes(two.bytes) ? two : one
}

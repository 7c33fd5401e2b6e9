package import Events
import SPL

/// What the events of one result row have come to, in whatever order and parts they came.
package struct GroupState: Equatable, Sendable {
  /// Events that contributed.
  package internal(set) var count: Int64 = 0
  /// Times of the oldest and the newest contributing event; nil where none has a time.
  package internal(set) var firstTime: Timestamp?
  package internal(set) var lastTime: Timestamp?
  /// The other fields of the newest contributing event; of events of one second, those whose
  /// bytes are greatest.
  package internal(set) var sample: [Text: Value] = [:]
  /// The marks of its events, and whether there was more than an aggregate keeps.
  package var marks: Set<Text> {
    isApproximate ? eventMarks.union([GroupState.approximateMark]) : eventMarks
  }
  /// Whether an aggregate had more different values than are kept.
  package var isApproximate: Bool { aggregates.contains(where: \.isCapped) }

  /// How many texts and values its aggregates keep, which is what it grows by.
  package var keptTexts: Int { aggregates.reduce(0) { $0 + $1.keptTexts } }

  var eventMarks: Set<Text> = []
  var aggregates: [AggregateState]
  /// What the aggregates are of; none where an event is kept.
  private(set) var functions: [AggregateFunction]

  package static let approximateMark: Text = "more than 10,000 values"

  init(_ functions: [AggregateFunction], aggregates: [AggregateState]) {
    self.functions = functions
    self.aggregates = aggregates
  }

  init(_ functions: [AggregateFunction]) {
    self.functions = functions
    aggregates = functions.map(AggregateState.init)
  }

  /// The state of an event that is kept, or is a row itself.
  static let ofHeld = GroupState([], aggregates: [.held([:])])

  /// The fields of an event that is kept.
  var held: [Text: Value] {
    if case .held(let fields) = aggregates.first { fields } else { [:] }
  }

  /// Takes what one event gives to the row.
  package mutating func add(_ contribution: Contribution) {
    takeSample(contribution.sample, of: contribution.time, isFirst: count == 0)
    takeTimes(contribution.time, contribution.time)
    count += 1
    for mark in contribution.marks { eventMarks.insert(mark) }
    if case .held = aggregates.first {
      merge(held: contribution.held)
      return
    }
    precondition(contribution.inputs.count == functions.count, "a contribution of the same plan")
    for index in aggregates.indices {
      let input = Placed(
        value: contribution.inputs[index], place: contribution.place, time: contribution.rowTime)
      aggregates[index].add(input, for: functions[index])
    }
  }

  private mutating func merge(held fields: [Text: Value]) {
    do throws(StreamingProblem) {
      try aggregates[0].merge(.held(fields), for: nil)
    } catch {
      preconditionFailure("what is held merges with what is held")
    }
  }

  /// Takes the state of another part of the same row.
  package mutating func merge(_ other: GroupState) throws(StreamingProblem) {
    guard functions == other.functions, aggregates.count == other.aggregates.count else {
      throw .otherPlan
    }
    for index in aggregates.indices {
      let function = index < functions.count ? functions[index] : nil
      try aggregates[index].merge(other.aggregates[index], for: function)
    }
    takeSample(other.sample, of: other.lastTime, isFirst: count == 0)
    takeTimes(other.firstTime, other.lastTime)
    count += other.count
    eventMarks.formUnion(other.eventMarks)
  }

  private mutating func takeTimes(_ first: Timestamp?, _ last: Timestamp?) {
    if let first { firstTime = firstTime.map { min($0, first) } ?? first }
    if let last { lastTime = lastTime.map { max($0, last) } ?? last }
  }

  private mutating func takeSample(
    _ other: [Text: Value], of time: Timestamp?, isFirst: Bool
  ) {
    let mine = lastTime?.seconds ?? .min
    let others = time?.seconds ?? .min
    guard isFirst || others >= mine else { return }
    if isFirst || others > mine || sample.bytes.lexicographicallyPrecedes(other.bytes) {
      sample = other
    }
  }
}

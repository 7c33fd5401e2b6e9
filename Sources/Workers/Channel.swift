/// A bounded queue between threads: a full one holds the pusher back.
package final class Channel<Element: Sendable>: Sendable {
  private struct State: Sendable {
    var elements: [Element] = []
    var isClosed = false

    mutating func take(_ count: Int) -> Taken? {
      if elements.isEmpty { return isClosed ? .closed : nil }
      defer { elements.removeFirst(min(count, elements.count)) }
      return .elements(Array(elements.prefix(count)))
    }
  }

  private enum Taken {
    case elements([Element])
    case closed
  }

  private let state = Shared(State())
  private let capacity: Int

  /// A queue of at most `capacity` elements, which is at least one.
  package init(capacity: Int) {
    precondition(capacity > 0, "a channel should hold at least one element")
    self.capacity = capacity
  }

  /// Waits for room and adds an element; false where the channel is closed.
  @discardableResult
  package func push(_ element: Element) -> Bool {
    state.wait { [capacity] state -> Bool? in
      if state.isClosed { return false }
      guard state.elements.count < capacity else { return nil }
      state.elements.append(element)
      return true
    } ?? false
  }

  /// Waits for an element; nil when the channel is closed and empty.
  package func pop() -> Element? { popAll(atMost: 1)?.first }

  /// Waits for elements and takes up to `count`; nil when the channel is closed and empty.
  package func popAll(atMost count: Int = .max) -> [Element]? {
    guard case .elements(let taken) = state.wait(until: { $0.take(count) }) else { return nil }
    return taken
  }

  /// The same for a limited time: an empty list when it is up.
  package func popAll(atMost count: Int = .max, within limit: Duration) -> [Element]? {
    switch state.wait(atMost: limit, until: { $0.take(count) }) {
    case .elements(let taken): return taken
    case .closed: return nil
    case nil: return []
    }
  }

  /// How many elements wait.
  package var count: Int { state.snapshot.elements.count }

  /// Refuses further pushes; what is in the channel can still be taken.
  package func close() { state.withLock { $0.isClosed = true } }
}

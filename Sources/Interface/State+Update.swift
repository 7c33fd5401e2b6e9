import CellGrid
import Events
import Findings

extension State {
  /// Takes a message in, and tells what is to be done because of it; touches nothing outside.
  package mutating func update(_ message: Message) -> [Effect] {
    let before = awaited
    let effects = respond(to: message)
    switch message {
    case .answer, .failed: return effects
    default: return before.subtracting(awaited).sorted().map(Effect.abandon) + effects
    }
  }

  /// Generations of the answers that are waited for.
  private var awaited: Set<Int> {
    Set(Slot.all(place).compactMap { self[load: $0]?.generation })
  }

  private mutating func respond(to message: Message) -> [Effect] {
    switch message {
    case .key(let key): return press(key)
    case .pointer(let act, let cell): return point(act, at: cell)
    case .resized(let size):
      return reveal { $0.size = size }
    case .tick(let time): return tick(time)
    case .report(let report):
      self.report = report
      return []
    case .answer(let answer, to: _, let generation):
      return take(answer, generation: generation) + pressTypedAhead()
    case .failed(let notice):
      self.notice = notice
      if let request = notice.request { giveUp(request) }
      typedAhead = []
      if notice.request == nil { awaitsTriage = false }
      return []
    case .done(let sentence):
      notice = Notice(sentence)
      notice?.isFine = true
      return showTriage()
    case .alert(let text): return tell(alert: text)
    case .searching(let sentence, let generation):
      if place.cardLoad?.generation == generation { place.searching = sentence }
      for index in place.panes.indices where place.panes[index].load?.generation == generation {
        place.panes[index].load?.progress = sentence
      }
      return []
    case .rules(let cards):
      rules = cards
      refreshOwnLines()
      refreshDocument()
      return []
    case .did(let step):
      ownSteps.append(step)
      if ownSteps.count > 200 { ownSteps.removeFirst() }
      return []
    case .changed: return hasStarted ? load(.changed) : []
    case .asOf(let time):
      let before = asOf
      toldAsOf = time
      return asOf == before || !hasStarted ? [] : load(.changed)
    }
  }

  /// Ranges end at the clock: once a minute they are looked at again, without new events too.
  private mutating func tick(_ time: Timestamp) -> [Effect] {
    let before = asOf
    let effects = advanceReplay(by: time - clock) + remember()
    clock = time
    if replay != nil { return effects }
    let isSameMinute = asOf.seconds / 60 == before.seconds / 60
    return effects + (isSameMinute || !hasStarted ? [] : load(.changed))
  }

  /// Makes a change after which other lists may be in view, and asks for those: what they hold may
  /// be as old as when they were last seen.
  mutating func reveal(_ change: (inout State) -> Void) -> [Effect] {
    let before = hasStarted ? visiblePanes : []
    change(&self)
    var effects: [Effect] = []
    for index in visiblePanes where hasStarted && !before.contains(index) {
      if hold == nil || place.panes[index].lines == nil {
        effects += ask(for: .pane(index), .anew)
      }
    }
    return effects + settle()
  }

  /// Keeps cursors in view after sizes or lists have changed, and asks for what came into view.
  mutating func settle() -> [Effect] {
    for index in visiblePanes { place.panes[index].show(height: paneHeight(index)) }
    if let document = place.document { place.document = scrolled(document) }
    return loadMissing()
  }

  /// The most views that are entered one from another.
  private static let deepest = 40

  /// Goes to a view, on top of the stack.
  mutating func enter(_ view: View) -> [Effect] {
    guard view != self.view else { return [] }
    history.leave(stack)
    stack.append(Place(view))
    // Whoever pivots all day comes back by `[` as far as anyone remembers.
    if stack.count > State.deepest { stack.remove(at: 1) }
    return arrive()
  }

  /// Shows another stack: what it held is shown at once, and asked for again.
  mutating func arrive() -> [Effect] {
    overlay = nil
    wantsRecord = false
    // Answers that came while another view was shown have been dropped.
    place.cardLoad = nil
    place.searching = nil
    place.secondLoad = nil
    place.marksLoad = nil
    place.exportLoad = nil
    place.timelineLoad = nil
    for index in place.panes.indices { place.panes[index].load = nil }
    refreshOwnLines()
    refreshDocument()
    return load(.anew) + testOfRule
  }
}

import Events
import Findings

/// What an answer is for.
enum Slot: Equatable {
  case overview
  case timeline
  case card
  case pane(Int)
  /// What is asked for once the card is there.
  case second
  /// The findings to mark.
  case marks
  /// The whole of a list, to be written.
  case export

  static func all(_ place: Place) -> [Slot] {
    [.overview, .timeline, .card, .second, .marks, .export] + place.panes.indices.map(Slot.pane)
  }
}

extension State {
  /// What to ask for at the start.
  package mutating func start() -> [Effect] {
    hasStarted = true
    return load(.anew)
  }

  /// Why something is asked for.
  enum Reason {
    /// The analyst wants something else: an answer still on its way is of no use.
    case anew
    /// The store has changed: an answer on its way is awaited first.
    case changed
  }

  /// Asks for everything that is in view.
  mutating func load(_ reason: Reason) -> [Effect] {
    if hold != nil, reason == .changed { return ask(for: .overview, reason) }
    return loadShown(reason)
  }

  /// The same, held lists too.
  mutating func loadShown(_ reason: Reason) -> [Effect] {
    var effects = ask(for: .overview, reason)
    // Drilldowns and searches are run when they are opened or asked for again.
    if place.panes.first?.kind == .table, reason == .changed { return effects }
    effects += ask(for: .card, reason)
    for index in visiblePanes { effects += ask(for: .pane(index), reason) }
    return effects + ask(for: .timeline, reason)
  }

  /// Asks for what is in view and not there: after scrolling, resizing, going to another list.
  mutating func loadMissing() -> [Effect] {
    guard hasStarted else { return [] }
    var effects: [Effect] = []
    for index in visiblePanes where place.panes[index].isMissing(height: paneHeight(index)) {
      // The range's end moves with the clock: an answer on its way to the same lines will do.
      let pane = place.panes[index]
      if let load = pane.load, load.request.offset == pane.wanted.offset { continue }
      effects += ask(for: .pane(index), .anew)
    }
    return effects
  }

  mutating func ask(for slot: Slot, _ reason: Reason) -> [Effect] {
    guard let request = request(for: slot) else {
      refreshOwnLines()
      return []
    }
    if reason == .changed, self[load: slot] != nil {
      self[load: slot]?.isStale = true
      return []
    }
    return ask(request, for: slot)
  }

  mutating func ask(_ request: Request, for slot: Slot) -> [Effect] {
    generation += 1
    self[load: slot] = Load(generation: generation, request: request)
    return [.load(request, generation: generation)]
  }

  /// Takes an answer to where it was asked for; an outdated one is dropped.
  mutating func take(_ answer: Answer, generation: Int) -> [Effect] {
    guard let slot = slot(waitingFor: generation) else { return [] }
    let isStale = self[load: slot]?.isStale ?? false
    if case .pane(let index) = slot {
      place.panes[index].answeredOffset = self[load: slot]?.request.offset
    }
    self[load: slot] = nil
    var effects: [Effect] = []
    switch (slot, answer) {
    case (.overview, .overview(let overview)):
      self.overview = overview
      if let held = hold {
        hold?.findings = held.findings ?? overview.findings
        hold?.new = max(0, overview.findings - (held.findings ?? overview.findings))
      }
    case (.card, _):
      place.card = answer
      place.searching = nil
      // Asked with another end of the range than is known by now, it may miss what is there.
      if !isStale { missing(in: answer).map { notice = Notice($0) } }
      refreshOwnLines()
      refreshDocument()
      effects = ask(for: .second, .changed)
    case (.timeline, .timeline(let timeline)): place.timeline = timeline
    case (.second, _):
      place.second = answer
      refreshDocument()
    case (.marks, _): takeMarks(answer)
    case (.export, _): effects = takeExport(answer)
    case (.pane(let index), _):
      if let lines = Lines(answer) {
        place.panes[index].take(lines, height: paneHeight(index))
      }
    default: break
    }
    return effects + (isStale ? ask(for: slot, .changed) : []) + settle()
  }

  /// Gives up waiting for what a notice says has failed.
  mutating func giveUp(_ request: Request) {
    for slot in Slot.all(place)
    where self[load: slot]?.request == request {
      self[load: slot] = nil
    }
  }

  private func slot(waitingFor generation: Int) -> Slot? {
    Slot.all(place).first { self[load: $0]?.generation == generation }
  }

  subscript(load slot: Slot) -> Load? {
    get {
      switch slot {
      case .overview: overviewLoad
      case .timeline: place.timelineLoad
      case .card: place.cardLoad
      case .second: place.secondLoad
      case .marks: place.marksLoad
      case .export: place.exportLoad
      case .pane(let index): place.panes[index].load
      }
    }
    set {
      switch slot {
      case .overview: overviewLoad = newValue
      case .timeline: place.timelineLoad = newValue
      case .card: place.cardLoad = newValue
      case .second: place.secondLoad = newValue
      case .marks: place.marksLoad = newValue
      case .export: place.exportLoad = newValue
      case .pane(let index): place.panes[index].load = newValue
      }
    }
  }
}

extension Request {
  /// The first line wanted, of a request for a page of a list.
  fileprivate var offset: Int? {
    switch self {
    case .repositories(let query), .images(let query), .findings(let query), .users(let query),
      .sources(let query), .rows(let query), .sessions(let query):
      query.offset
    case .triageHistory(_, let offset, _): offset
    default: nil
    }
  }
}

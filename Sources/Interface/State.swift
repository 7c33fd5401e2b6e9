package import CellGrid
package import Events
import Findings

/// Everything that the screen knows: plain values, changed by `update` alone.
package struct State: Equatable, Sendable {
  package var settings: ScreenSettings
  package var size = Size(width: 80, height: 24)
  package var clock: Timestamp
  /// The as-of time as last told.
  var toldAsOf: Timestamp?
  var report: Report?
  var rules: [RuleCard] = []

  /// The views entered one from another, never none; the last is shown.
  var stack: [Place]
  var history = History()

  /// The header's figures.
  var overview: Overview?
  var overviewLoad: Load?
  var time = TimeChoice.seconds(7 * 86400)
  /// Since when the lists are held; nil while they follow.
  var hold: Hold?

  /// What is typed into, or chosen from, before anything else.
  package internal(set) var overlay: Overlay?
  var notice: Notice?
  /// Triage was sent or taken back, and nothing has been heard of it yet.
  var awaitsTriage = false
  /// Whether `start` has been called: nothing is asked for before.
  var hasStarted = false
  /// The number of the last load; older answers are dropped.
  var generation = 0
  var wraps = true
  var shares = Shares()
  /// `J` was pressed, and the row is still on its way.
  var wantsRecord = false
  /// Lines that the palette has run, the oldest first.
  var paletteHistory: [String] = []
  /// Keys that wait for the list or text that they are meant for.
  var typedAhead: [Key] = []
  /// When the terminal was last made to ring.
  var lastRing: Timestamp?
  /// Where the timeline's cursor stands: the lists show that part alone.
  var moment: Timestamp?
  var replay: Replay?
  /// Since when things are new, as `M` has marked it, and what was looked at before.
  var shiftMark: Timestamp?
  var timeBeforeShift = TimeChoice.seconds(7 * 86400)
  /// What was done here, the last at the end.
  var ownSteps: [OwnStep] = []
  var savedViews: [String: SavedView] = [:]
  /// The session as it was kept last.
  var remembered: String?

  package init(settings: ScreenSettings, clock: Timestamp) {
    self.settings = settings
    self.clock = clock
    let first = Place(settings.firstView)
    stack = settings.firstView == .overview ? [first] : [Place(.overview), first]
    if let session = settings.session { restore(session) }
    history = History()
    remembered = sessionText
  }

  /// The theme to draw with; `T` changes it.
  package var theme: String { settings.theme }

  /// What is shown now.
  package var view: View { place.view }

  /// The lists of the view that is shown.
  package var shownPanes: [Pane] { place.panes }

  var place: Place {
    get { stack[stack.count - 1] }
    set { stack[stack.count - 1] = newValue }
  }

  /// The list that keys go to; nil in a view that is a text.
  var pane: Pane? {
    get { place.panes.indices.contains(place.focus) ? place.panes[place.focus] : nil }
    set {
      guard let newValue, place.panes.indices.contains(place.focus) else { return }
      place.panes[place.focus] = newValue
    }
  }

  /// The end of every relative range: the clock, or the newest event's time where that is more than
  /// a day old.
  var asOf: Timestamp {
    if let replay { return replay.position }
    guard let toldAsOf, clock - toldAsOf > 86400 else { return clock }
    return toldAsOf
  }

  var isPast: Bool { asOf != clock }
}

/// The lists as they were when they were held.
struct Hold: Equatable, Sendable {
  var asOf: Timestamp
  /// Findings that there were; nil until that is known.
  var findings: Int?
  var new = 0
}

/// The stacks before and after the one that is shown, as `[` and `]` go through them.
struct History: Equatable, Sendable {
  private(set) var past: [[Place]] = []
  private(set) var future: [[Place]] = []

  /// A new step from `stack`; what was ahead is gone.
  mutating func leave(_ stack: [Place]) {
    past.append(stack)
    if past.count > 50 { past.removeFirst() }
    future = []
  }

  mutating func back(from stack: [Place]) -> [Place]? {
    guard let before = past.popLast() else { return nil }
    future.append(stack)
    return before
  }

  mutating func forward(from stack: [Place]) -> [Place]? {
    guard let after = future.popLast() else { return nil }
    past.append(stack)
    return after
  }
}

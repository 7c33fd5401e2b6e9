import CellGrid
import Events
import Findings

/// A past range that is watched again, faster than it was.
struct Replay: Equatable, Sendable {
  /// What counts as now.
  var position: Timestamp
  let start: Timestamp
  let end: Timestamp
  /// Seconds of then in a second of now.
  let speed: Int64
  /// The range that was looked at before.
  let former: TimeChoice
}

extension State {
  /// What the lists show: the hour under the timeline's cursor, else the whole range.
  var shownRange: TimeRange { range(upTo: listsEnd) }

  func range(upTo end: Timestamp) -> TimeRange {
    let whole = time.range(upTo: end)
    guard let moment else { return whole }
    return TimeRange(from: moment, to: moment + momentStep - 1)
  }

  var timeTitle: String {
    guard let moment else { return isSinceShift ? "since my last shift" : time.title }
    return TimeChoice.between(moment, moment + momentStep).title
  }

  /// Whether the lists show what is new since the mark that `M` has set.
  var isSinceShift: Bool { shiftMark.map { time == .since($0) } ?? false }

  /// Seconds that the timeline's cursor spans.
  var momentStep: Int64 {
    if let timeline = place.timeline { return timeline.step }
    let range = time.range(upTo: listsEnd)
    return Timeline.step(of: range.from.map { range.to - $0 } ?? 86400)
  }

  /// Moves the timeline's cursor; the first time it comes to the newest part with a finding.
  mutating func moveMoment(by distance: Int64) -> [Effect] {
    let step = momentStep
    let range = time.range(upTo: listsEnd)
    let last = range.to.seconds - range.to.seconds % step
    let first = (range.from ?? place.timeline?.start).map { $0.seconds - $0.seconds % step }
    let newest = place.timeline.flatMap { timeline in
      timeline.counts.lastIndex { $0 > 0 }.map { timeline.start.seconds + Int64($0) * step }
    }
    let wanted = moment.map { $0.seconds + distance * step } ?? newest ?? last
    moment = Timestamp(seconds: min(max(wanted, first ?? wanted), last))
    return rangeChanged()
  }

  /// Everything that was loaded is of another range.
  mutating func rangeChanged() -> [Effect] {
    for index in place.panes.indices { place.panes[index].isOutdated = true }
    return load(.anew)
  }

  /// Sets the mark; with a mark shows what is new since then; once more marks now and shows all.
  mutating func markShift() -> [Effect] {
    guard let mark = shiftMark else {
      shiftMark = asOf
      notice = Notice("marked; M shows from here on what is new since then")
      notice?.isFine = true
      return []
    }
    moment = nil
    if isSinceShift {
      shiftMark = asOf
      time = timeBeforeShift
      notice = Notice("marked anew at \(Wording.minute(asOf))Z; all is shown again")
    } else {
      timeBeforeShift = time
      time = .since(mark)
      notice = Notice("new since \(Wording.minute(mark))Z; M marks now and shows all again")
    }
    notice?.isFine = true
    return rangeChanged()
  }

  /// Reads `2026-01-01T10:00..2026-01-01T12:00 60x`; `stop` ends it.
  mutating func startReplay(_ argument: String) -> [Effect] {
    if argument == "stop" { return endReplay() }
    let words = argument.split(separator: " ").map(String.init)
    let speed = words.count > 1 ? Int64(words[1].prefix { $0 != "x" }) : 60
    guard let choice = words.first.flatMap(TimeChoice.init(typed:)), words.count <= 2,
      let speed, (1...86400).contains(speed),
      let start = choice.range(upTo: asOf).from, start < choice.range(upTo: asOf).to
    else {
      notice = Notice("'\(argument)' is no replay; try 2026-01-01T10:00..2026-01-01T12:00 60x")
      return []
    }
    let former = replay?.former ?? time
    replay = Replay(
      position: start, start: start, end: choice.range(upTo: asOf).to, speed: speed, former: former)
    time = .since(start)
    moment = nil
    hold = nil
    return rangeChanged()
  }

  mutating func endReplay() -> [Effect] {
    guard let replay else { return [] }
    time = replay.former
    self.replay = nil
    return rangeChanged()
  }

  /// A second of now is many of then.
  mutating func advanceReplay(by seconds: Int64) -> [Effect] {
    guard var replay, hold == nil, replay.position < replay.end, seconds > 0 else { return [] }
    replay.position = min(replay.end, replay.position + seconds * replay.speed)
    self.replay = replay
    return load(.changed)
  }

  /// Lines of the timeline under the header: none where there is no room for it.
  var timelineLines: Int {
    guard size.height >= 22, size.width >= 60, place.panes.contains(where: \.kind.isTimed)
    else { return 0 }
    return size.height >= 30 ? 2 : 1
  }
}

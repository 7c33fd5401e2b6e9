import CellGrid
import Events
import Findings

extension State {
  /// Findings by the hour over the whole range, with the cursor that narrows the lists.
  func drawTimeline(in canvas: inout Canvas) {
    guard timelineLines > 0 else { return }
    let y = headLines - timelineLines
    guard let timeline = place.timeline, !timeline.counts.isEmpty else {
      canvas.put("findings by hour", x: 1, y: y, role: .muted)
      return
    }
    let legend = timelineLegend(timeline)
    let isOneLine = timelineLines == 1
    let room = timelineWidth(timeline)
    let bars = TimelineBars(timeline, width: room)
    canvas.put(
      bars.text(isASCII: settings.isASCII), x: 1, y: y, width: room, role: .bar)
    if let moment, let columns = bars.columns(of: moment) {
      canvas.paint(
        Rect(x: 1 + columns.lowerBound, y: y, width: columns.count, height: 1), role: .selected)
    }
    guard !isOneLine else {
      canvas.put(legend, right: canvas.width - 1, y: y, width: Wording.width(legend), role: .muted)
      return
    }
    let start = Wording.minute(timeline.start)
    canvas.put(start, x: 1, y: y + 1, role: .muted)
    canvas.put(legend, x: start.count + 4, y: y + 1, role: moment == nil ? .muted : .title)
    let end = Wording.minute(shownEnd(timeline))
    canvas.put(end, right: canvas.width - 1, y: y + 1, width: end.count, role: .muted)
  }

  /// Cells of the bars, from the second column on.
  func timelineWidth(_ timeline: Timeline) -> Int {
    let legend = timelineLines == 1 ? Wording.width(timelineLegend(timeline)) + 2 : 0
    return max(1, size.width - 2 - legend)
  }

  private func shownEnd(_ timeline: Timeline) -> Timestamp {
    min(timeline.start + timeline.step * Int64(timeline.counts.count), listsEnd)
  }

  private func timelineLegend(_ timeline: Timeline) -> String {
    let part =
      timeline.step == 3600 ? "hour" : "\(Wording.count(Int(timeline.step / 3600))) hours"
    if let moment {
      let index = Int((moment - timeline.start) / timeline.step)
      let count = timeline.counts.indices.contains(index) ? timeline.counts[index] : 0
      return "\(Wording.minute(moment)) \(Wording.counted(count, "finding")), Esc shows all"
    }
    let most = timeline.counts.max() ?? 0
    return "findings by \(part), most \(Wording.count(most))  < >"
  }
}

/// The bars of a timeline on a line: several cells for a part, or several parts in a cell.
struct TimelineBars {
  private let timeline: Timeline
  private let width: Int

  init(_ timeline: Timeline, width: Int) {
    self.timeline = timeline
    self.width = width
  }

  /// The parts that a cell stands for.
  private func parts(of cell: Int) -> Range<Int> {
    let count = timeline.counts.count
    let first = cell * count / width
    return first..<max(first + 1, (cell + 1) * count / width)
  }

  /// When the highest part in a cell begins.
  func moment(of cell: Int) -> Timestamp? {
    guard (0..<width).contains(cell) else { return nil }
    let highest = parts(of: cell).filter(timeline.counts.indices.contains)
      .max { timeline.counts[$0] < timeline.counts[$1] }
    return highest.map { timeline.start + Int64($0) * timeline.step }
  }

  /// Of the parts in a cell the highest shows: a sum would rise and fall with how many there are.
  func text(isASCII: Bool) -> String {
    let values = (0..<width).map { timeline.counts[parts(of: $0)].max() ?? 0 }
    return Bars.sparkline(values, width: width, isASCII: isASCII)
  }

  /// The cells of the part that begins at a time; nil outside of the timeline.
  func columns(of moment: Timestamp) -> Range<Int>? {
    let part = Int((moment - timeline.start) / timeline.step)
    guard moment >= timeline.start, timeline.counts.indices.contains(part),
      let first = (0..<width).first(where: { parts(of: $0).contains(part) })
    else { return nil }
    let last = (first..<width).last { parts(of: $0).contains(part) }
    return first..<(last ?? first) + 1
  }
}

import CellGrid
import Events
import Findings
import SafeText

/// A part of the header, and how much it is worth where room is short.
private struct HeaderPart {
  var spans: [Span]
  var worth: Int
  /// What a press on it leads to.
  var target: PressTarget?
}

extension State {
  /// How the reading goes, what there is of it, and the time.
  func drawHeader(in canvas: inout Canvas) {
    var x = 1
    for part in shownHeaderParts {
      x += draw(part.spans, x: x, y: 0, width: headerRoom + 1 - x, in: &canvas) + 2
    }
    canvas.put(clockText, right: canvas.width - 1, y: 0, width: clockText.count, role: .muted)
  }

  private var clockText: String {
    size.width >= 60 ? clock.timeOfDay + "Z" : String(clock.timeOfDay.prefix(5))
  }

  private var headerRoom: Int { size.width - clockText.count - 3 }

  /// What there is room for.
  private var shownHeaderParts: [HeaderPart] {
    var parts = headerParts(width: size.width)
    func needed() -> Int { parts.reduce(0) { $0 + width($1.spans) + 2 } - 2 }
    while parts.count > 1, needed() > headerRoom,
      let least = parts.indices.min(by: { parts[$0].worth < parts[$1].worth })
    {
      parts.remove(at: least)
    }
    return parts
  }

  /// What a press in a column of the header leads to; nil where it leads nowhere.
  func headerTarget(at column: Int) -> PressTarget? {
    var x = 1
    for part in shownHeaderParts {
      let end = x + width(part.spans)
      if (x..<end).contains(column) { return part.target }
      x = end + 2
    }
    return nil
  }

  private func width(_ spans: [Span]) -> Int { spans.reduce(0) { $0 + Wording.width($1.text) } }

  private func headerParts(width: Int) -> [HeaderPart] {
    var parts = [
      HeaderPart(spans: [Span("watchfloor", .title)], worth: 25),
      HeaderPart(spans: progressSpans(width: width), worth: 100, target: .command(.follow)),
    ]
    if isPast {
      parts.append(
        HeaderPart(
          spans: [Span("as of \(Wording.minute(asOf))Z", .warning)], worth: 89,
          target: .command(.time)))
    }
    if let problem = report?.problem {
      parts.append(
        HeaderPart(
          spans: [Span(problemText(problem, width), .warning)], worth: 99,
          target: .view(.files)))
    }
    return parts + reportParts + figureParts + newestPart
  }

  /// As much of a problem as leaves room for what must stand beside it.
  private func problemText(_ problem: String, _ width: Int) -> String {
    SafeText.fitted(Wording.flat(problem), to: max(12, width - 44), in: repertoire)
  }

  private func progressSpans(width: Int) -> [Span] {
    let isASCII = settings.isASCII
    if let replay, hold == nil {
      let sign = isASCII ? ">" : "▶"
      let state = replay.position < replay.end ? "replay" : "replay over"
      return [Span("\(sign) \(state) \(replay.speed)x", .warning)]
    }
    if hold != nil { return [Span(isASCII ? "= held" : "⏸ held", .warning)] }
    switch report?.progress {
    case .live?: return [Span(isASCII ? "* live" : "● live", .live)]
    case .catchingUp(let fraction, let seconds)?:
      return catchingUp(min(1, max(0, fraction.isFinite ? fraction : 0)), seconds, width)
    case .viewing(let process)?: return viewing(process, width)
    case .unattended?: return [Span("nobody reads these logs", .warning)]
    case .stopped?, nil: return [Span("not reading", .muted)]
    }
  }

  private func viewing(_ process: Int, _ width: Int) -> [Span] {
    [Span(width < 80 ? "viewing \(process)" : "viewing what process \(process) reads", .live)]
  }

  private func catchingUp(_ share: Double, _ seconds: Int?, _ width: Int) -> [Span] {
    let percent = " \(Int(share * 100)) %"
    guard width >= 60 else { return [Span("catching up", .warning), Span(percent, .muted)] }
    let isASCII = settings.isASCII
    let cells = width >= 100 ? 12 : 6
    let bar = Bars.bar(Int(share * 1000), of: 1000, width: cells, isASCII: isASCII)
    let rest = String(repeating: isASCII ? "." : "░", count: max(0, cells - bar.count))
    let left = seconds.map { ", \(Wording.span(Int64(max(0, $0)))) left" } ?? ""
    return [
      Span("catching up ", .warning), Span(bar + rest, .bar), Span(percent + left, .muted),
    ]
  }

  /// What the store holds in the range that the lists show.
  private var figureParts: [HeaderPart] {
    guard let overview else { return [] }
    let critical = overview.severities["CRITICAL"] ?? 0
    let high = overview.severities["HIGH"] ?? 0
    var parts = [
      HeaderPart(
        spans: [Span("CRITICAL \(Wording.count(critical))", .critical)], worth: 92,
        target: .filter("severity=CRITICAL")),
      HeaderPart(
        spans: [Span("HIGH \(Wording.count(high))", .high)], worth: 91,
        target: .filter("severity=HIGH")),
      HeaderPart(
        spans: figure("repositories", overview.repositories), worth: 30,
        target: .list(.repositories)),
      HeaderPart(
        spans: figure("users", overview.users), worth: 28, target: .list(.users)),
    ]
    if overview.hidden > 0 {
      let text = "\(Wording.counted(overview.hidden, "row")) suppressed"
      parts.append(
        HeaderPart(spans: [Span(text, .warning)], worth: 45, target: .view(.suppressions)))
    }
    let letters = max(report?.deadLetters ?? 0, overview.deadLetters)
    if letters > 0 {
      let text = Wording.counted(letters, "dead letter")
      parts.append(HeaderPart(spans: [Span(text, .critical)], worth: 85, target: .view(.files)))
    }
    let wrong = [(overview.changedFiles, "changed"), (overview.missingFiles, "missing")]
      .filter { $0.0 > 0 }.map { "\(Wording.count($0.0)) \($0.1)" }
    if !wrong.isEmpty {
      let text = "logs: " + wrong.joined(separator: ", ")
      parts.append(HeaderPart(spans: [Span(text, .critical)], worth: 88, target: .view(.files)))
    }
    return parts
  }

  private var reportParts: [HeaderPart] {
    guard let report, report.progress.isOwn else { return [] }
    var parts = [
      HeaderPart(
        spans: figure(report.files == 1 ? "file" : "files", report.files, isAfter: true), worth: 35,
        target: .view(.files)),
      HeaderPart(
        spans: [Span(Wording.rate(report.eventsPerSecond)), Span(" ev/s", .muted)], worth: 50),
    ]
    if report.bytesBehind > 0 {
      parts.append(
        HeaderPart(
          spans: [Span(Wording.bytes(report.bytesBehind)), Span(" behind", .muted)], worth: 60,
          target: .view(.files)))
    }
    return parts
  }

  /// How long ago the last thing happened: a quiet night is told from a reader that stands still.
  private var newestPart: [HeaderPart] {
    guard let newest = report?.newestEvent, !isPast else { return [] }
    let age = Wording.age(newest, at: clock)
    return [HeaderPart(spans: [Span("newest event ", .muted), Span(age)], worth: 20)]
  }

  private func figure(_ name: String, _ number: Int, isAfter: Bool = false) -> [Span] {
    isAfter
      ? [Span(Wording.count(number)), Span(" " + name, .muted)]
      : [Span(name + " ", .muted), Span(Wording.count(number))]
  }

  /// Draws spans one after another, cut with a sign; gives back the cells taken.
  @discardableResult
  func draw(_ spans: [Span], x: Int, y: Int, width: Int, in canvas: inout Canvas) -> Int {
    var used = 0
    for (index, span) in spans.enumerated() where used < width && !span.text.isEmpty {
      let isLast = index == spans.count - 1
      let needed = Wording.width(span.text)
      // A span that just fits, with more to come, would hide that something is cut.
      let mustSign =
        !isLast && used + needed == width && !spans[(index + 1)...].allSatisfy(\.text.isEmpty)
      let text = mustSign ? span.text + " " : span.text
      used += canvas.put(
        text, x: x + used, y: y, width: width - used, role: span.role, kind: span.kind)
    }
    return used
  }
}

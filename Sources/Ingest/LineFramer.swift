internal import CBytes
internal import JSON

/// Where in its line the next byte of a file is.
enum LinePlace: UInt8 {
  case start
  /// Behind whole values of the line that were taken already.
  case afterValue
  /// In the rest of a line that was given up.
  case skipping
}

/// Cuts a text into lines: a line is a unit, or holds several, or is a bad one.
///
/// Only lines that the prefilter points at are looked into. A line of more than `longLine` is cut
/// by its values, so that values without line feeds between them need no end of line.
struct LineFramer {
  /// Lines of up to this many bytes are in memory as a whole.
  private static let longLine = 1 << 20

  private let window: Window
  private let line: Window
  private let framing: Framing
  private let output: UnitOutput
  private(set) var place: LinePlace

  /// Frames what is in the window; `line` is a second one, which lies on a line of the first.
  init(
    _ window: Window, line: Window, framing: Framing, output: UnitOutput, place: LinePlace = .start
  ) {
    self.window = window
    self.line = line
    self.framing = framing
    self.output = output
    self.place = place
  }

  /// Takes every whole line that begins before `limit`, and says whether the text's end was reached.
  ///
  /// `settled` is called with the offset behind the lines taken so far, and stops it with false.
  /// At the text's end a last line without line feed is still in the window.
  @discardableResult
  mutating func run(
    until limit: Int64 = .max, settled: (Int64, LinePlace) -> Bool = { _, _ in true }
  ) throws(IngestProblem) -> Bool {
    // Bytes behind the cursor that are known to hold no line feed.
    var searched = 0
    var threshold = Self.longLine
    while try hasMore(than: searched) {
      let fresh = window.cursor + searched
      guard let feed = window.lastIndex(of: 0x0a, from: fresh, to: window.end) else {
        searched = window.end - window.cursor
        guard searched > threshold else { continue }
        takeLong()
        let isProgress = window.end - window.cursor < searched
        searched = window.end - window.cursor
        threshold = max(Self.longLine, 2 * searched)
        guard !isProgress || settled(window.offset(of: window.cursor), place) else { return false }
        continue
      }
      var end = feed + 1
      let isLast = window.offset(of: end) >= limit
      if isLast { end = endOfLine(holding: limit - 1, before: end) }
      block(to: end)
      searched = isLast ? 0 : window.end - window.cursor
      threshold = max(Self.longLine, 2 * searched)
      guard settled(window.offset(of: window.cursor), place), !isLast else { return false }
    }
    return true
  }

  /// Whether the window holds more than so many bytes behind the cursor, or can get some.
  private func hasMore(than count: Int) throws(IngestProblem) -> Bool {
    if window.end - window.cursor > count { return true }
    return try window.refill()
  }

  /// Takes what is behind the last line feed, when nothing will follow.
  mutating func finish() {
    let end = window.end
    defer {
      window.cursor = end
      place = .start
    }
    guard place != .skipping else { return }
    if end - window.cursor > Self.longLine {
      values(to: end, isWhole: true)
    } else {
      document(from: window.cursor, to: end)
    }
  }

  /// Takes what is behind the last line feed, when it is whole objects or arrays; says whether it
  /// was.
  mutating func takeWholeTail() -> Bool {
    guard place != .skipping, window.cursor < window.end else { return false }
    var index = window.cursor
    while let next = window.bytes[index...].firstIndex(where: { $0 > 0x20 }) {
      guard window.bytes[next] | 0x20 == 0x7b else { return false }
      var skimmer = JSONSkimmer()
      guard case .ended(let end) = skimmer.scan(window.bytes, from: next) else { return false }
      index = end
    }
    document(from: window.cursor, to: window.end)
    window.cursor = window.end
    place = .afterValue
    return true
  }

  /// The end of the line that the byte at that offset of the text lies in.
  private func endOfLine(holding offset: Int64, before end: Int) -> Int {
    let from = max(window.cursor, window.index(of: offset))
    return window.firstIndex(of: 0x0a, from: from, to: end).map { $0 + 1 } ?? end
  }

  /// Whole lines, from the cursor on.
  private mutating func block(to end: Int) {
    finishLine(before: end)
    guard let base = window.bytes.baseAddress, window.cursor < end else { return }
    let prefilter = output.prefilter
    var lines = cb_lines(line: window.cursor, from: window.cursor, plain: 0)
    while lines.line < end {
      let stop = prefilter.next(in: base, &lines, to: end, longest: Self.longLine)
      let feed: Int
      switch stop {
      case .end: feed = end - 1
      case .unusual(let place): feed = place
      case .candidate(let place):
        feed = window.firstIndex(of: 0x0a, from: place, to: end) ?? end - 1
      }
      if stop == .end, lines.line >= end { break }
      if feed - lines.line > Self.longLine {
        window.cursor = lines.line
        values(to: feed, isWhole: true)
        place = .start
      } else if case .candidate = stop {
        document(from: lines.line, to: feed)
      } else {
        unusual(from: lines.line, to: feed)
      }
      lines.line = feed + 1
      lines.from = feed + 1
    }
    output.count(lines.plain)
    window.cursor = end
  }

  /// Deals with the rest of a line whose beginning was taken or given up.
  private mutating func finishLine(before end: Int) {
    guard place != .start else { return }
    let feed = window.firstIndex(of: 0x0a, from: window.cursor, to: end) ?? end - 1
    if place == .afterValue { document(from: window.cursor, to: feed) }
    window.cursor = feed + 1
    place = .start
  }

  /// A line that is no candidate and does not look like an object at first sight.
  private func unusual(from start: Int, to feed: Int) {
    var text = window.bytes[start..<feed]
    if window.offset(of: start) == 0 && text.starts(with: [0xef, 0xbb, 0xbf]) {
      text = text.dropFirst(3)
    }
    while let last = text.last, last <= 0x20 { text.removeLast() }
    while let first = text.first, first <= 0x20 { text.removeFirst() }
    guard let first = text.first, let last = text.last else { return }
    guard first == 0x7b || first == 0x5b else {
      return output.bad(.notJSON, window, from: text.startIndex, to: feed)
    }
    guard last == 0x7d || last == 0x5d else {
      return output.bad(.cutOff, window, from: text.startIndex, to: feed)
    }
    output.count()
  }

  /// A part of the window that is a text of its own.
  private func document(from start: Int, to end: Int) {
    line.borrow(
      UnsafeRawBufferPointer(rebasing: window.bytes[start..<end]), at: window.offset(of: start))
    defer { line.close() }
    var framer = DocumentFramer(line, framing: framing, output: output)
    do throws(IngestProblem) {
      guard case .cutOff(let offset) = try framer.run() else { return }
      output.bad(.cutOff, window, from: window.index(of: offset), to: end)
    } catch {
      preconditionFailure("bytes in memory should be readable")
    }
  }

  /// Takes the whole values of a line whose end is not there yet, and gives up one that is too long.
  private mutating func takeLong() {
    switch place {
    case .skipping: window.cursor = window.end
    case .start, .afterValue: values(to: window.end, isWhole: false)
    }
  }

  /// Takes the values of a long line one by one, from the cursor on.
  private mutating func values(to end: Int, isWhole: Bool) {
    while let next = window.bytes[window.cursor..<end].firstIndex(where: { $0 > 0x20 }) {
      var skimmer = JSONSkimmer()
      let text = UnsafeRawBufferPointer(rebasing: window.bytes[..<end])
      let outcome = skimmer.scan(text, from: next)
      let isContainer = text[next] == 0x7b || text[next] == 0x5b
      switch outcome {
      case .ended(let last) where isContainer && last - next <= Framing.unitLimit:
        document(from: next, to: last)
        window.cursor = last
        place = .afterValue
        continue
      case .more where isContainer && end - next <= Framing.unitLimit:
        if isWhole { output.bad(.cutOff, window, from: next, to: end) }
      case .ended, .more:
        output.bad(isContainer ? .tooLong : .notJSON, window, from: next, to: end)
        place = .skipping
      case .broken:
        output.bad(.broken, window, from: next, to: end)
        place = .skipping
      }
      if isWhole || place == .skipping { window.cursor = end }
      return
    }
    window.cursor = end
  }
}

internal import JSON

/// Cuts a text of JSON values into units: the elements of envelopes, every other value whole.
///
/// The values may lie anyhow: pretty-printed, one after the other without white space, in a
/// top-level array. It looks only at brackets and strings; a bad element is left out, and the next
/// one that begins like a record (`,{"`) goes on.
struct DocumentFramer {
  /// How the text came to its end.
  enum Ending: Equatable {
    case whole
    /// The last value is not closed; it begins here.
    case cutOff(Int64)
  }

  /// Bytes that may be looked at again after broken elements, before a document is given up.
  private static let rescanLimit = 256 << 20

  private enum Step { case done, cutOff, givenUp }
  private enum Skim { case whole, cutOff, broken }

  private let window: Window
  private let output: UnitOutput
  private let framing: Framing
  /// Whether the unit at hand has outgrown the limit, and is reported already.
  private var isTooLong = false
  private var rescanned = 0

  init(_ window: Window, framing: Framing, output: UnitOutput) {
    self.window = window
    self.framing = framing
    self.output = output
  }

  /// Reads to the end of the text.
  mutating func run() throws(IngestProblem) -> Ending {
    try skipByteOrderMark()
    while let byte = try window.significant() {
      let start = window.offset(of: window.cursor)
      let step: Step
      switch byte {
      case 0x7b: step = try object()
      case 0x5b:
        window.cursor += 1
        step = try elements()
      default: step = try junk()
      }
      window.anchor = nil
      switch step {
      case .done: continue
      case .cutOff: return .cutOff(start)
      case .givenUp: return .whole
      }
    }
    return .whole
  }

  private func skipByteOrderMark() throws(IngestProblem) {
    guard window.offset(of: window.cursor) == 0 else { return }
    while window.end < 3, try window.refill() {}
    if window.bytes.starts(with: [0xef, 0xbb, 0xbf]) { window.cursor = 3 }
  }

  /// A top-level object: an envelope, or a unit itself.
  private mutating func object() throws(IngestProblem) -> Step {
    window.anchor = window.cursor
    window.cursor += 1
    isTooLong = false
    var isEnvelope = false
    while let byte = try window.significant() {
      switch byte {
      case 0x7d:
        window.cursor += 1
        if !isEnvelope { emit(to: window.cursor) }
        return .done
      case 0x2c: window.cursor += 1
      case 0x22:
        if isEnvelope { window.anchor = window.cursor }
        switch try member() {
        case .array:
          isEnvelope = true
          let step = try elements()
          guard step == .done else { return step }
        case .value: break
        case .cutOff: return .cutOff
        case .broken: return try resumeAfterBrokenObject()
        }
      default: return try resumeAfterBrokenObject()
      }
    }
    return .cutOff
  }

  private enum Member { case array, value, cutOff, broken }

  /// A member of a top-level object, from its key to behind its value, or into its array of units.
  private mutating func member() throws(IngestProblem) -> Member {
    let key = window.cursor - (window.anchor ?? window.cursor)
    var skim = try skim()
    guard skim == .whole else { return skim == .cutOff ? .cutOff : .broken }
    let isArrayKey =
      window.anchor.map { anchor in
        framing.isArrayKey(
          UnsafeRawBufferPointer(rebasing: window.bytes[anchor + key..<window.cursor]))
      } ?? false
    guard let colon = try window.significant() else { return .cutOff }
    guard colon == 0x3a else { return .broken }
    window.cursor += 1
    guard let first = try window.significant() else { return .cutOff }
    if isArrayKey && first == 0x5b {
      window.cursor += 1
      return .array
    }
    skim = try self.skim()
    return skim == .whole ? .value : skim == .cutOff ? .cutOff : .broken
  }

  /// The units of an array, from behind its bracket to behind its closing one.
  private mutating func elements() throws(IngestProblem) -> Step {
    window.anchor = nil
    while let byte = try window.significant() {
      if byte == 0x5d {
        window.cursor += 1
        return .done
      }
      if byte == 0x2c {
        window.cursor += 1
        continue
      }
      window.anchor = window.cursor
      isTooLong = false
      switch try skim() {
      case .cutOff: return .cutOff
      case .broken:
        if let step = try resumeAfterBrokenElement() { return step }
        continue
      case .whole: break
      }
      let length = window.cursor - (window.anchor ?? window.cursor)
      guard let next = try window.significant() else { return .cutOff }
      if next == 0x2c || next == 0x5d {
        let end = (window.anchor ?? window.cursor) + length
        if byte == 0x7b { emit(to: end) } else { reject(.scalar, to: end) }
      } else if let step = try resumeAfterBrokenElement() {
        return step
      }
      window.anchor = nil
    }
    return .cutOff
  }

  /// Moves the cursor behind the value that it is at, and lets go of one that is too long.
  private mutating func skim() throws(IngestProblem) -> Skim {
    var skimmer = JSONSkimmer()
    while true {
      switch skimmer.scan(window.bytes, from: window.cursor) {
      case .ended(let end):
        window.cursor = end
        return .whole
      case .broken(let place):
        window.cursor = place
        return .broken
      case .more:
        window.cursor = window.end
        if let anchor = window.anchor, window.cursor - anchor > Framing.unitLimit {
          reject(.tooLong, to: window.cursor)
          window.anchor = nil
          isTooLong = true
        }
        guard try window.refill() else { return .cutOff }
      }
    }
  }

  private func emit(to end: Int) {
    guard !isTooLong, let anchor = window.anchor else { return }
    output.unit(window, from: anchor, to: end)
  }

  private func reject(_ reason: BadUnit.Reason, to end: Int) {
    guard !isTooLong, let anchor = window.anchor else { return }
    output.bad(reason, window, from: anchor, to: end)
  }

  /// Text that begins no object or array: a bad unit up to the end of its line.
  private mutating func junk() throws(IngestProblem) -> Step {
    window.anchor = window.cursor
    isTooLong = false
    while window.end - window.cursor < BadUnit.headLimit, try window.refill() {}
    let end = window.firstIndex(of: 0x0a, from: window.cursor, to: window.end) ?? window.end
    reject(.notJSON, to: end)
    window.anchor = nil
    try skipLine()
    return .done
  }

  /// Moves the cursor behind the next line feed, or to the end of the text.
  private func skipLine() throws(IngestProblem) {
    repeat {
      let end = window.end
      if let feed = window.firstIndex(of: 0x0a, from: window.cursor, to: end) {
        window.cursor = feed + 1
        return
      }
      window.cursor = end
    } while try window.refill()
  }

  /// Goes on at the next line that begins like a value.
  private mutating func resumeAfterBrokenObject() throws(IngestProblem) -> Step {
    guard rejectBroken() else { return .givenUp }
    repeat {
      try skipLine()
      guard let byte = try window.significant() else { return .done }
      if byte == 0x7b || byte == 0x5b { return .done }
    } while true
  }

  /// Goes on at the next element that begins like a record; a step where there is none.
  private mutating func resumeAfterBrokenElement() throws(IngestProblem) -> Step? {
    guard rejectBroken() else { return .givenUp }
    var isAfterComma = false
    repeat {
      while window.cursor < window.end {
        let byte = window.bytes[window.cursor]
        if byte > 0x20 {
          if window.anchor != nil && (byte == 0x22 || byte == 0x7d) {
            window.cursor = window.anchor ?? window.cursor
            window.anchor = nil
            return nil
          }
          window.anchor = isAfterComma && byte == 0x7b ? window.cursor : nil
          isAfterComma = byte == 0x2c
        }
        window.cursor += 1
      }
    } while try window.refill()
    window.anchor = nil
    return .done
  }

  /// Notes the bad unit and goes back to just behind its start; false when it is time to give up.
  private mutating func rejectBroken() -> Bool {
    let start = window.anchor ?? window.cursor
    reject(.broken, to: window.end)
    rescanned += window.cursor - start
    window.anchor = nil
    guard rescanned <= Self.rescanLimit else {
      output.bad(.givenUp, window, from: window.cursor, to: window.end)
      return false
    }
    window.cursor = min(start + 1, window.end)
    return true
  }
}

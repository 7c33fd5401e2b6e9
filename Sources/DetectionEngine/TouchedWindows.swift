import Events
import Findings
import Streaming

/// Windows in which risk has changed since an incident rule last looked, and those that windows to
/// come will look back on; as the ledger keeps them for a plan.
struct TouchedWindows: Equatable {
  /// The windows that hold risk, and whether that has changed since the last look.
  private(set) var hasChanged: [Window: Bool] = [:]
  /// The clock at the last look.
  private(set) var lookedAt = Timestamp(seconds: 0)

  static func id(of plan: String) -> GroupID {
    GroupID(plan: plan, window: Window(start: Timestamp(seconds: 0)), key: Array("~touched".utf8))
  }

  init() {}

  mutating func touch(_ windows: Set<Window>) {
    for window in windows { hasChanged[window] = true }
  }

  /// Has rules over risk events look again at the windows whose risk changes may have changed.
  static func touch(
    _ touched: Set<Window>, _ composers: [String: RowComposer], _ ledger: any Ledger,
    into changes: inout Changes
  ) throws {
    guard !touched.isEmpty else { return }
    for (plan, composer) in composers where composer.rule.isIncident {
      var windows = try IncidentStep.touched(plan, in: ledger) ?? TouchedWindows()
      windows.touch(touched)
      changes.groups[id(of: plan)] = windows.encode()
    }
  }

  /// The windows to evaluate: those that have begun and look back on what has changed, or that have
  /// begun since the last look.
  ///
  /// A window looks back on `lookback` seconds before its end.
  mutating func take(lookback: Int64, now: Timestamp) -> [Window] {
    var due: Set<Window> = []
    for (touched, hasChanged) in hasChanged {
      let last = touched.start + (lookback - Window.length)
      var window = touched
      while window.start <= last, window.start <= now {
        if hasChanged || window.start > lookedAt { due.insert(window) }
        window = Window(start: window.start + Window.length)
      }
      self.hasChanged[touched] = last > now ? false : nil
    }
    lookedAt = max(lookedAt, now)
    return due.sorted()
  }

  /// Whether `take` would answer anything.
  func isDue(lookback: Int64, now: Timestamp) -> Bool {
    var copy = self
    return !copy.take(lookback: lookback, now: now).isEmpty
  }
}

extension TouchedWindows {
  private static let formatVersion: UInt8 = 1

  func encode() -> [UInt8] {
    var bytes = [Self.formatVersion]
    bytes.append(number: UInt64(bitPattern: lookedAt.seconds))
    for (window, hasChanged) in hasChanged.sorted(by: { $0.key < $1.key }) {
      bytes.append(number: UInt64(bitPattern: window.start.seconds))
      bytes.append(hasChanged ? 1 : 0)
    }
    return bytes
  }

  init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    guard let version = bytes.first else { throw .damaged }
    guard version == Self.formatVersion else { throw .unknownVersion(version) }
    var rest = bytes[1...]
    lookedAt = Timestamp(seconds: Int64(bitPattern: try rest.takeNumber()))
    while !rest.isEmpty {
      let start = Timestamp(seconds: Int64(bitPattern: try rest.takeNumber()))
      guard let flag = rest.popFirst() else { throw .damaged }
      hasChanged[Window(start: start)] = flag != 0
    }
  }
}

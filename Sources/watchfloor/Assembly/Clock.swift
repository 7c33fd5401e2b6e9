import Events
import Glibc

/// What counts as now: the machine's clock, or a moment that was asked for.
///
/// A moment that was asked for goes on from there in step with the machine.
struct Clock: Sendable {
  private let offset: Int64

  init(startingAt start: Timestamp? = nil) {
    offset = start.map { $0.seconds - Clock.machine().seconds } ?? 0
  }

  func now() -> Timestamp { Clock.machine() + offset }

  private static func machine() -> Timestamp { Timestamp(seconds: Int64(time(nil))) }
}

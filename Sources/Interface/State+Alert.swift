import Events

/// How a terminal tells its user of an alert.
package struct Ring: Equatable, Sendable {
  package var bell: Bool
  /// Nil: no notification of the desktop.
  package var notification: Notification.Way?

  package init(bell: Bool = false, notification: Notification.Way? = nil) {
    self.bell = bell
    self.notification = notification
  }
}

/// A text for the desktop, and the sequence that terminals of some kind take it by.
package struct Notification: Equatable, Sendable {
  package enum Way: String, Equatable, Sendable {
    case osc9
    case osc777
  }

  package var text: String
  package var kind: Way
}

extension State {
  /// Seconds between two rings: a burst of findings is one reason to look up.
  private static let ringInterval: Int64 = 60

  /// Says it in the bottom line, and rings where that is wanted and was not done just now.
  mutating func tell(alert text: String) -> [Effect] {
    notice = Notice("alert: " + text)
    let ring = settings.ring
    guard ring.bell || ring.notification != nil else { return [] }
    if let lastRing, (0..<Self.ringInterval).contains(clock - lastRing) { return [] }
    lastRing = clock
    return [
      .ring(
        bell: ring.bell, ring.notification.map { Notification(text: text, kind: $0) })
    ]
  }
}

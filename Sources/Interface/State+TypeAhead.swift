import Findings

extension State {
  /// The most keys that are kept for an answer.
  private static let mostTypedAhead = 64

  /// Whether a key has to wait for the list or the text that it is meant for.
  ///
  /// Once one waits the others wait behind it: they are meant for what comes after.
  func mustWait(_ command: Command?) -> Bool {
    !typedAhead.isEmpty || (command?.isAboutLines == true && isAwaited)
  }

  /// Keeps a key until the answer is there.
  mutating func keep(_ key: Key) {
    if typedAhead.count < State.mostTypedAhead { typedAhead.append(key) }
  }

  /// Does what was typed ahead, as far as what it is meant for is there.
  mutating func pressTypedAhead() -> [Effect] {
    var effects: [Effect] = []
    while !typedAhead.isEmpty, !isAwaited {
      let keys = typedAhead
      typedAhead = []
      effects += press(keys[0])
      typedAhead += keys.dropFirst()
    }
    return effects
  }

  /// Whether what has the focus is still on its way, or is what another filter or range left.
  private var isAwaited: Bool {
    guard hasStarted else { return false }
    guard let pane else { return place.card == nil && place.cardLoad != nil }
    if pane.isOutdated, pane.load != nil { return true }
    guard pane.lines == nil else { return false }
    return pane.kind.isStored ? pane.load != nil : place.cardLoad != nil
  }
}

extension Command {
  /// Whether it is about the selected line, or moves to another.
  fileprivate var isAboutLines: Bool {
    switch self {
    case .up, .down, .left, .right, .pageUp, .pageDown, .first, .last, .open, .user, .repository,
      .image, .finding, .source, .next, .previous, .json, .copy, .mark,
      .markAll, .triage, .suppress, .sessions, .history, .export:
      true
    default: false
    }
  }
}

import Findings

extension State {
  /// The theme under the cursor is drawn with at once.
  mutating func pressThemes(_ key: Key, _ cursor: Int, _ former: String) -> [Effect] {
    let last = settings.themes.count - 1
    func moved(_ to: Int) -> Int { min(max(0, to), last) }
    switch key {
    case .escape, .character("q"):
      settings.theme = former
      overlay = nil
      return []
    case .enter:
      overlay = nil
      return remember()
    case .up, .character("k"): overlay = .themes(cursor: moved(cursor - 1), former: former)
    case .down, .character("j"): overlay = .themes(cursor: moved(cursor + 1), former: former)
    case .character("T"):
      overlay = .themes(cursor: (cursor + 1) % max(1, last + 1), former: former)
    case .home, .character("g"): overlay = .themes(cursor: 0, former: former)
    case .end, .character("G"): overlay = .themes(cursor: last, former: former)
    default: return []
    }
    if case .themes(let cursor, _)? = overlay { settings.theme = settings.themes[cursor] }
    return []
  }
}

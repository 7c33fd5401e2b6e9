/// What a cell is for; a theme gives it a style.
package enum CellRole: UInt8, CaseIterable, Hashable, Sendable {
  case text, muted, title, border, borderFocused
  case critical, high, medium, low, informational
  case selected, selectedUnfocused
  /// Notices that want attention, and things that cannot run.
  case warning
  /// Running, following, fine.
  case live
  /// Where a searched text was found.
  case match
  /// Bars and sparklines.
  case bar
  /// A key in the bottom bar and in help.
  case key
  /// Column heads.
  case heading
  /// A notation in place of text that was not fit to be shown.
  case neutralised

  /// What stands for the role in golden files.
  package var letter: Character {
    switch self {
    case .text: "."
    case .muted: "m"
    case .title: "t"
    case .border: "b"
    case .borderFocused: "B"
    case .critical: "C"
    case .high: "H"
    case .medium: "M"
    case .low: "L"
    case .informational: "I"
    case .selected: "S"
    case .selectedUnfocused: "s"
    case .warning: "w"
    case .live: "l"
    case .match: "x"
    case .bar: "r"
    case .key: "k"
    case .heading: "h"
    case .neutralised: "!"
    }
  }
}

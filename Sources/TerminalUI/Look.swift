import CellGrid

/// How text stands out beside its colour.
package nonisolated struct Emphasis: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = Emphasis(rawValue: 1)
  package static let dim = Emphasis(rawValue: 2)
  package static let underline = Emphasis(rawValue: 4)
  package static let reverse = Emphasis(rawValue: 8)
}

/// What a role looks like on each kind of terminal, before a scheme gives the slots colours.
nonisolated struct Look: Sendable {
  /// Text and ground of a terminal that shows a scheme's own colours.
  var foreground: Slot
  var ground: Slot
  var emphasis: Emphasis
  /// One of the eight colours that every colour terminal has; nil is the terminal's own.
  ///
  /// Their ground is the terminal's own, or `reverse` swaps them.
  var ansi: ANSIColour?
  var ansiEmphasis: Emphasis
  /// Without colours.
  var mono: Emphasis

  init(
    _ foreground: Slot, on ground: Slot = .base00, _ emphasis: Emphasis = [],
    ansi: ANSIColour? = nil, _ ansiEmphasis: Emphasis = [], mono: Emphasis = []
  ) {
    self.foreground = foreground
    self.ground = ground
    self.emphasis = emphasis
    self.ansi = ansi
    self.ansiEmphasis = ansiEmphasis
    self.mono = mono
  }

  static func of(_ role: CellRole) -> Look {
    switch role {
    case .text: Look(.base05)
    case .muted: Look(.base04, ansi: nil, .dim)
    case .title: Look(.base0D, .bold, ansi: .cyan, .bold, mono: .bold)
    case .border: Look(.base03, ansi: nil, .dim)
    case .borderFocused: Look(.base0D, .bold, ansi: .cyan, .bold, mono: .bold)
    case .critical:
      Look(
        .base00, on: .base12, .bold, ansi: .red, [.bold, .reverse], mono: [.bold, .reverse])
    case .high: Look(.base08, .bold, ansi: .red, .bold, mono: .bold)
    case .medium: Look(.base0A, ansi: .yellow, mono: .underline)
    case .low: Look(.base0D, ansi: .cyan)
    case .informational: Look(.base04, ansi: nil, .dim)
    case .selected: Look(.base00, on: .base05, ansi: nil, .reverse, mono: .reverse)
    case .selectedUnfocused:
      Look(.base05, on: .base02, ansi: nil, .underline, mono: .underline)
    case .warning: Look(.base09, ansi: .yellow, .bold, mono: .bold)
    case .live: Look(.base0B, ansi: .green)
    case .match: Look(.base00, on: .base0A, ansi: .yellow, .reverse, mono: [.bold, .underline])
    case .bar: Look(.base05, on: .base01)
    case .key: Look(.base0C, .bold, ansi: .cyan, mono: .bold)
    case .heading: Look(.base04, .bold, ansi: nil, .bold, mono: .bold)
    case .neutralised: Look(.base0E, on: .base01, ansi: .magenta, .reverse, mono: .reverse)
    }
  }
}

/// The colours that a terminal of eight has, by its own numbers.
nonisolated enum ANSIColour: Int, Sendable {
  case black, red, green, yellow, blue, magenta, cyan, white
}

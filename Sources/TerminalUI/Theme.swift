package import CellGrid
package import Diagnostics
import Documents

/// What every role looks like: a scheme's colours, lifted to where they can be read.
package nonisolated struct Theme: Equatable, Sendable {
  /// A role's look in 24-bit colours.
  package struct Style: Hashable, Sendable {
    package var foreground: RGB
    package var ground: RGB
    package var emphasis: Emphasis
  }

  /// A role's look by the numbers of a terminal; nil is the terminal's own colour.
  package struct TerminalStyle: Hashable, Sendable {
    package var foreground: Int?
    package var ground: Int?
    package var emphasis: Emphasis
  }

  /// Text can be read at this ratio, by WCAG 2 level AA; lines and marks that carry no text of
  /// their own can be seen at the second.
  package static let readable = 4.5
  package static let visible = 3.0

  package let name: String
  /// As many as `CellRole` has cases.
  private let styles: [Style]

  package init(_ scheme: Scheme) {
    name = scheme.name
    styles = CellRole.allCases.map { role in
      let look = Look.of(role)
      let ground = scheme[look.ground]
      return Style(
        foreground: scheme[look.foreground].readable(on: ground, ratio: Self.ratio(of: role)),
        ground: ground, emphasis: look.emphasis)
    }
  }

  /// The theme of a scheme's YAML text; `name` is what problems call the file.
  package init(yaml text: String, name: String) throws(Problems) {
    self.init(try Scheme(Document(text, name: name)))
  }

  package subscript(role: CellRole) -> Style { styles[Int(role.rawValue)] }

  /// The look of a role on a terminal of that depth.
  package func style(_ role: CellRole, at depth: ColourDepth) -> TerminalStyle {
    let style = self[role]
    switch depth {
    case .direct:
      return TerminalStyle(
        foreground: Int(style.foreground.number), ground: Int(style.ground.number),
        emphasis: style.emphasis)
    case .palette:
      let ground = Palette256.nearest(to: style.ground)
      let foreground = Palette256.nearest(
        to: style.foreground, on: Palette256.colour(ground), ratio: Self.ratio(of: role))
      return TerminalStyle(foreground: foreground, ground: ground, emphasis: style.emphasis)
    case .ansi:
      let look = Look.of(role)
      return TerminalStyle(
        foreground: look.ansi?.rawValue, ground: nil, emphasis: look.ansiEmphasis)
    case .mono:
      return TerminalStyle(foreground: nil, ground: nil, emphasis: Look.of(role).mono)
    }
  }

  private static func ratio(of role: CellRole) -> Double {
    role == .border ? visible : readable
  }
}

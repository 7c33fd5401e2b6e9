import CellGrid
import Diagnostics
import TestSupport
import Testing

@testable import TerminalUI

@MainActor @Suite struct Themes {
  /// A scheme of colours drawn by lot: worse than anything that a person would write.
  private func lots(seed: UInt64) throws -> Theme {
    var random = SplitMix64(seed: seed)
    let colours = Slot.allCases.map { slot in
      let colour = RGB(UInt32.random(in: 0...0xFFFFFF, using: &random))
      return "  \(slot.name): \"\(colour.hexadecimal)\"\n"
    }
    return try Theme(yaml: "palette:\n" + colours.joined(), name: "lots.yaml")
  }

  @Test func thereIsADarkOneALightOneAndOneOfHighContrast() {
    #expect(Theme.builtInNames == ["Night", "Day", "Beacon", "Harbour"])
    #expect(Theme.builtIn.map(\.name) == Theme.builtInNames)
    let grounds = Theme.builtIn.map { $0[.text].ground.luminance }
    #expect(grounds[0] < 0.05)
    #expect(grounds[1] > 0.8)
    #expect(Theme.builtIn[2][.text].foreground.contrast(with: RGB(0)) == 21)
  }

  @Test func textCanBeReadInEveryThemeAtEveryDepth() throws {
    let themes = try Theme.builtIn + (1...20).map { try lots(seed: $0) }
    for theme in themes {
      for role in CellRole.allCases where role != .border {
        let style = theme[role]
        #expect(
          style.foreground.contrast(with: style.ground) >= 4.5, "\(theme.name) \(role)")
        let terminal = theme.style(role, at: .palette)
        let foreground = Palette256.colour(try #require(terminal.foreground))
        let ground = Palette256.colour(try #require(terminal.ground))
        #expect(foreground.contrast(with: ground) >= 4.5, "\(theme.name) \(role) of 256")
      }
    }
  }

  @Test func bordersCanBeSeen() {
    for theme in Theme.builtIn {
      let style = theme[.border]
      #expect(style.foreground.contrast(with: style.ground) >= 3, "\(theme.name)")
    }
  }

  @Test func severitiesAreToldApartInOurThemes() {
    let severities: [CellRole] = [.critical, .high, .medium, .low, .informational]
    for theme in Theme.builtIn {
      for depth in [ColourDepth.direct, .palette] {
        let styles = severities.map { theme.style($0, at: depth) }
        #expect(Set(styles).count == severities.count, "\(theme.name) \(depth)")
      }
    }
  }

  /// Colours as they look to eyes that lack one kind of cone, by the matrices of Machado, Oliveira
  /// and Fernandes.
  private static let lacking: [[[Double]]] = [
    [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
  ]

  /// How far apart two colours look, of 3 for black and white, where a cone is lacking.
  private func distance(_ one: RGB, _ other: RGB, _ matrix: [[Double]]) -> Double {
    func seen(_ colour: RGB) -> [Double] {
      let light = [colour.red, colour.green, colour.blue].map { Double($0) / 255 }
      return matrix.map { zip($0, light).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    return zip(seen(one), seen(other)).reduce(0) { $0 + abs($1.0 - $1.1) }
  }

  @Test func harbourIsToldApartWhicheverConeIsLacking() throws {
    let theme = try #require(Theme.builtIn.first { $0.name == "Harbour" })
    let roles: [CellRole] = [.high, .medium, .low, .informational, .live, .warning]
    for matrix in Self.lacking {
      for (index, role) in roles.enumerated() {
        for other in roles[(index + 1)...] where role != .high || other != .warning {
          let apart = distance(theme[role].foreground, theme[other].foreground, matrix)
          #expect(apart > 0.2, "\(role) \(other) \(apart)")
        }
      }
      #expect(distance(theme[.critical].ground, theme[.text].ground, matrix) > 0.4)
    }
  }

  @Test func eightColoursLeaveTheGroundToTheTerminal() {
    for role in CellRole.allCases {
      let style = Theme.builtIn[0].style(role, at: .ansi)
      #expect(style.ground == nil)
      #expect(style.foreground.map { (1..<8).contains($0) } ?? true)
    }
  }

  @Test func withoutColoursWeightReverseAndUnderlineTellRolesApart() {
    let theme = Theme.builtIn[0]
    func mono(_ role: CellRole) -> Theme.TerminalStyle { theme.style(role, at: .mono) }
    for role in CellRole.allCases {
      #expect(mono(role).foreground == nil)
      #expect(mono(role).ground == nil)
    }
    #expect(mono(.critical) != mono(.high))
    #expect(mono(.selected) != mono(.text))
    #expect(mono(.selected) != mono(.selectedUnfocused))
    #expect(mono(.match) != mono(.text))
    #expect(mono(.match) != mono(.selected))
  }
}

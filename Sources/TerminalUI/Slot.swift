/// The 24 colours of a scheme by what base16 and base24 call them.
package nonisolated enum Slot: Int, CaseIterable, Sendable {
  case base00, base01, base02, base03, base04, base05, base06, base07
  case base08, base09, base0A, base0B, base0C, base0D, base0E, base0F
  case base10, base11, base12, base13, base14, base15, base16, base17

  /// The slot as schemes spell it, `base0A`.
  package var name: String {
    let digits = String(rawValue, radix: 16, uppercase: true)
    return "base" + (digits.utf8.count == 1 ? "0" : "") + digits
  }

  /// The slot of base16 that stands in where a scheme has 16 colours only.
  package var stand: Slot {
    switch self {
    case .base10, .base11: .base00
    case .base12: .base08
    case .base13: .base0A
    case .base14: .base0B
    case .base15: .base0C
    case .base16: .base0D
    case .base17: .base0E
    default: self
    }
  }
}

import Diagnostics
import Documents
import Testing

@testable import TerminalUI

@Suite struct Schemes {
  /// A scheme whose slot numbers are its colours.
  private func slots(
    _ slots: ClosedRange<Int>, indent: String = "", quote: String = "\"#"
  )
    -> String
  {
    slots.map { number in
      let slot = Slot.allCases[number]
      let digits = (number < 16 ? "0" : "") + String(number, radix: 16)
      let end = quote.hasPrefix("\"") ? "\"" : ""
      return "\(indent)\(slot.name): \(quote)0000\(digits)\(end)\n"
    }.joined()
  }

  private func scheme(_ text: String) throws(Problems) -> Scheme {
    try Scheme(try Document(text, name: "test.yaml"))
  }

  @Test func readsBase24() throws {
    let scheme = try scheme(
      "system: base24\nname: Plain\nauthor: nobody\nvariant: dark\npalette:\n"
        + slots(0...23, indent: "  "))
    #expect(scheme.name == "Plain")
    #expect(scheme.author == "nobody")
    #expect(scheme[.base0A] == RGB(0x00000A))
    #expect(scheme[.base12] == RGB(0x000012))
  }

  @Test func base16LendsItsColoursToTheSlotsItLacks() throws {
    let scheme = try scheme("name: Small\npalette:\n" + slots(0...15, indent: "  "))
    #expect(scheme[.base12] == scheme[.base08])
    #expect(scheme[.base17] == scheme[.base0E])
    #expect(scheme[.base10] == scheme[.base00])
  }

  @Test func readsTheOlderFlatForm() throws {
    let scheme = try scheme("scheme: Old\n" + slots(0...15, quote: "\""))
    #expect(scheme.name == "Old")
    #expect(scheme[.base0D] == RGB(0x00000D))
  }

  @Test func digitsWithoutQuotesAreAColourToo() throws {
    let scheme = try scheme("scheme: Old\n" + slots(0...15, quote: ""))
    #expect(scheme[.base09] == RGB(9))
  }

  @Test func saysWhatIsMissingAndWhatIsNoColour() {
    let text = "palette:\n" + slots(0...14, indent: "  ") + "  base12: \"#12345\"\n"
    #expect {
      _ = try scheme(text)
    } throws: { error in
      guard let problems = error as? Problems else { return false }
      let messages = problems.diagnostics.map(\.message)
      return messages == ["there is no 'base0F'", "found '#12345', expected a colour"]
        && problems.diagnostics[1].span != nil
        && problems.diagnostics.map(\.code) == ["theme-missing", "theme-colour"]
    }
  }

  @Test func aListIsNoScheme() {
    #expect {
      _ = try scheme("- base00\n- base01\n")
    } throws: { error in
      (error as? Problems)?.diagnostics.first?.code == "theme-shape"
    }
  }
}

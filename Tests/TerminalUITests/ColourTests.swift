import TestSupport
import Testing

@testable import TerminalUI

@Suite struct Colours {
  @Test func readsHexadecimalDigitsWithAndWithoutASign() {
    #expect(RGB(hexadecimal: "#0f1720") == RGB(red: 15, green: 23, blue: 32))
    #expect(RGB(hexadecimal: "0F1720") == RGB(red: 15, green: 23, blue: 32))
    for wrong in ["", "#", "12345", "1234567", "#12345g", "+12345", "１２３４５６"] {
      #expect(RGB(hexadecimal: wrong) == nil, "'\(wrong)'")
    }
  }

  @Test func printsWhatItReads() {
    for number: UInt32 in [0, 1, 0x00FF00, 0x0A0B0C, 0xFFFFFF] {
      #expect(RGB(hexadecimal: RGB(number).hexadecimal)?.number == number)
    }
  }

  @Test func contrastIsThatOfWCAG() {
    #expect(abs(RGB(0xFFFFFF).contrast(with: RGB(0)) - 21) < 0.001)
    #expect(RGB(0x777777).contrast(with: RGB(0x777777)) == 1)
    // The grey that is known to just miss 4.5 on white, and the one that just reaches it.
    #expect(RGB(0x777777).contrast(with: RGB(0xFFFFFF)) < 4.5)
    #expect(RGB(0x767676).contrast(with: RGB(0xFFFFFF)) > 4.5)
  }

  @Test func anyColourCanBeLiftedUntilItIsReadable() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<2000 {
      let colour = RGB(UInt32.random(in: 0...0xFFFFFF, using: &random))
      let ground = RGB(UInt32.random(in: 0...0xFFFFFF, using: &random))
      let lifted = colour.readable(on: ground)
      #expect(
        lifted.contrast(with: ground) >= 4.5,
        "\(colour.hexadecimal) on \(ground.hexadecimal) became \(lifted.hexadecimal)")
    }
  }

  @Test func aReadableColourStaysAsItIs() {
    #expect(RGB(0xD3DDE6).readable(on: RGB(0x0F1720)) == RGB(0xD3DDE6))
  }

  @Test func coloursOfTheTerminalsPaletteFindThemselves() {
    for number in 16...255 {
      let colour = Palette256.colour(number)
      #expect(Palette256.colour(Palette256.nearest(to: colour)) == colour)
    }
  }

  @Test func thePaletteHasNoColourThatTheUserMayHaveChanged() {
    #expect(Palette256.nearest(to: RGB(0xFF0000)) == 196)
    #expect(Palette256.nearest(to: RGB(0)) == 16)
    #expect(Palette256.nearest(to: RGB(0xFFFFFF)) == 231)
  }
}

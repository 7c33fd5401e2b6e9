import Testing

@Suite(.timeLimit(.minutes(10))) struct HostileText {
  @Test func noScalarOfUnicodeDrivesTheTerminalOrHidesInIt() throws {
    let session = try Rig.session(["--scalars"])
    var page = 0
    while session.wait(until: { self.isShown(page, on: $0) || self.isTheEnd($0) }) {
      if isTheEnd(session.screen) { break }
      page += 1
      session.type("n")
    }
    let isComplete = isTheEnd(session.screen)
    #expect(isComplete, "page \(page) came out wrong:\n\(session.screen.text)")
    session.type("q")
    #expect(session.waitForEnd() == .code(0))
    #expect(page > 100)
    #expect(session.screen.strangers == [])
    for scalar in session.screen.scalars where !isHarmless(scalar) {
      Issue.record("U+\(String(scalar.value, radix: 16)) has reached the terminal")
    }
  }

  private func isTheEnd(_ screen: ScreenModel) -> Bool { screen.text.contains("no more scalars") }

  /// A page is there, and each of its cells stands where it should: the bars make columns.
  private func isShown(_ page: Int, on screen: ScreenModel) -> Bool {
    screen.lines[0] == "page \(page) of scalars"
      && (0..<200).allSatisfy { index in
        let (x, y) = (index % 10 * 8, 2 + index / 10)
        let isFilled =
          screen[x, y].text == "|" && screen[x + 1, y].text.unicodeScalars.first == "a"
        // The last page has less to show.
        return isFilled || screen[x, y].text == " " && screen[x + 1, y].text == " "
      }
  }

  /// Whether it shows itself, in its own place.
  private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return false
    case .spaceSeparator: return scalar == " "
    default:
      return !properties.isDefaultIgnorableCodePoint && !properties.isBidiControl
        && !properties.isNoncharacterCodePoint
    }
  }
}

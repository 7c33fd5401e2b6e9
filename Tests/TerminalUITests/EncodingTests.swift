import Foundation
import TestSupport
import Testing

@testable import TerminalUI

@Suite struct Copying {
  @Test func base64IsEverybodysBase64() {
    var random = SplitMix64(seed: 4)
    for length in 0..<70 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(String(decoding: base64(bytes), as: UTF8.self) == Data(bytes).base64EncodedString())
    }
  }
}

@Suite struct TerminalProblems {
  @Test func everyOneOffersLinesOfTextAndKeepsTheNameHarmless() {
    let problems: [TerminalProblem] = [
      .notATerminal, .unnamed, .noResources, .cannotPlaceText(terminal: "dumb"),
      .unknown(terminal: "a\u{1B}[31mb\u{202E}"),
    ]
    for problem in problems {
      #expect(problem.sentence.contains("--plain"))
      #expect(problem.sentence.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) })
    }
    #expect(TerminalProblem.unknown(terminal: "a\u{1B}b").sentence.contains("'a?b'"))
  }
}

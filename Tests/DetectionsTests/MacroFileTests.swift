import Detections
import Diagnostics
import SPL
import Testing

@Suite("Macro file")
struct MacroFileTests {
  @Test func macrosHaveNameArgumentsAndDefinition() {
    let file = MacroFile(
      """
      - name: a
        definition: x=1
      - {name: b, arguments: [p, q], definition: 'y=$p$ z=$q$'}
      """, name: "macros.yml")
    #expect(file.errors.isEmpty)
    #expect(
      file.macros == [
        Macro(name: "a", definition: "x=1"),
        Macro(name: "b", arguments: ["p", "q"], definition: "y=$p$ z=$q$"),
      ])
  }

  @Test func whatIsWrongIsToldAndTheOthersAreRead() {
    let file = MacroFile("- name: a\n- b\n- {name: c, definition: d}\n", name: "macros.yml")
    #expect(file.macros == [Macro(name: "c", definition: "d")])
    #expect(file.errors.map(\.code) == ["missing-key", "wrong-type"])
    #expect(MacroFile("macros: []\n", name: "m").errors.map(\.code) == ["wrong-type"])
  }
}

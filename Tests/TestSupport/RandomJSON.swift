/// JSON texts in every spelling that the grammar allows, from a seed.
package struct RandomJSON {
  package var random: SplitMix64

  package init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// The next text: a value of any kind, nested up to five levels, with white space around.
  package mutating func text() -> String { text(depth: 0) }

  private mutating func text(depth: Int) -> String { space() + value(depth: depth) + space() }

  private mutating func value(depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 4 ? 6 : 10), using: &random) {
    case 0: pick(["null", "true", "false"])
    case 1: pick(["0", "-1", "12.50", "6.02e+23", "1E400", "-0.0", "9007199254740993"])
    case 2...5: string()
    case 6, 7: list("[", "]") { $0.text(depth: depth + 1) }
    default:
      list("{", "}") {
        $0.space() + $0.string() + $0.space() + ":" + $0.text(depth: depth + 1)
      }
    }
  }

  private mutating func list(
    _ open: String, _ close: String, _ item: (inout RandomJSON) -> String
  ) -> String {
    let items = (0..<Int.random(in: 0...4, using: &random)).map { _ in item(&self) }
    return open + (items.isEmpty ? space() : items.joined(separator: ",")) + close
  }

  private mutating func string() -> String {
    let pieces = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      pick([
        "a", "b", "key", "a.b", "{}", "ü", "e\u{301}", "😀", "\\n", "\\\"", "\\\\", "\\/",
        "\\u0061", "\\u00e9", "\\ud83d\\ude00", "\\ud800", "\\uDC00", "a longer run of text",
      ])
    }
    return "\"\(pieces.joined())\""
  }

  private mutating func space() -> String { pick(["", "", "", " ", "\n\t", "\r\n"]) }

  private mutating func pick(_ choices: [String]) -> String {
    choices.randomElement(using: &random) ?? ""
  }
}

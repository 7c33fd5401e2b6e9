/// The part of a job that is the same for every rule: Python of which only what is used is written.
struct Runtime {
  /// A definition at the left margin, with the comments before it.
  private struct Block {
    var names: Set<Substring>
    var text: String
    var words: Set<Substring>
    var isHeading: Bool
  }

  private static let files: [[UInt8]] = [
    PackageResources.records_py, PackageResources.fields_py, PackageResources.values_py,
    PackageResources.aggregates_py, PackageResources.rows_py, PackageResources.rule_py,
    PackageResources.job_py,
  ]

  static let header = String(decoding: PackageResources.header_py, as: UTF8.self)

  private let parts: [[Block]]

  init() {
    parts = Self.files.map { Self.blocks(of: String(decoding: $0, as: UTF8.self)) }
  }

  /// What some text needs of it, in its own order; headings of parts that are empty left out.
  func text(neededBy text: String) -> String {
    let blocks = parts.joined().filter { !$0.isHeading }
    var wanted = Self.words(in: text).union(["main"])
    var needed = wanted
    while !wanted.isEmpty {
      let found = blocks.filter { !$0.names.isDisjoint(with: wanted) }
      let words = found.reduce(into: Set<Substring>()) { $0.formUnion($1.words) }
      wanted = words.subtracting(needed)
      needed.formUnion(wanted)
    }
    return parts.map { part in
      let kept = part.filter {
        $0.isHeading || $0.names.isEmpty || !$0.names.isDisjoint(with: needed)
      }
      return kept.allSatisfy(\.isHeading) ? "" : kept.map(\.text).joined()
    }.joined()
  }

  /// A block ends where a line at the left margin begins the next.
  private static func blocks(of text: String) -> [Block] {
    var blocks: [Block] = []
    var lines: [Substring] = []
    var hasCode = false
    func flush() {
      guard !lines.isEmpty else { return }
      blocks.append(block(of: lines))
      lines = []
      hasCode = false
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let starts = line.first.map { !" )]}".contains($0) } ?? false
      let isComment = line.hasPrefix("#") || line.hasPrefix("@")
      if starts, hasCode || line.hasPrefix("# ---") || isHeading(lines) && !isComment { flush() }
      if starts, !isComment { hasCode = true }
      lines.append(line)
    }
    flush()
    return blocks
  }

  private static func isHeading(_ lines: [Substring]) -> Bool {
    lines.first?.hasPrefix("# ---") ?? false
  }

  private static func block(of lines: [Substring]) -> Block {
    let code = lines.first { !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix("@") } ?? ""
    var names: Set<Substring> = []
    if code.hasPrefix("def ") || code.hasPrefix("class ") {
      names = [code.drop { $0 != " " }.dropFirst().prefix { isWordCharacter($0) }]
    } else if let equals = code.firstIndex(of: "=") {
      names = words(in: String(code[..<equals]))
    }
    let text = lines.joined(separator: "\n") + "\n"
    return Block(
      names: names, text: text, words: words(in: codeOnly(lines)), isHeading: code.isEmpty)
  }

  /// Lines without comments, and without what stands in quotes.
  private static func codeOnly(_ lines: [Substring]) -> String {
    var isInside = false
    return lines.filter { line in
      let marks = line.ranges(of: "\"\"\"").count
      defer { if marks == 1 { isInside.toggle() } }
      return !isInside && marks == 0 && !line.drop { $0 == " " }.hasPrefix("#")
    }.map { line in
      // Every other part is a text; what a formatted one computes counts.
      line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 || $0.element.contains("{") }.map(\.element)
        .joined(separator: " ")
    }.joined(separator: "\n")
  }

  private static func words(in text: some StringProtocol) -> Set<Substring> {
    Set(Substring(text).split { !isWordCharacter($0) })
  }

  private static func isWordCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "_")
  }
}

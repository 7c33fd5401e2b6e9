package import Diagnostics
package import Documents

/// A base16 or base24 colour scheme as its YAML file has it.
///
/// Both forms are read: colours under `palette:`, and the older one with `scheme:` for the name and
/// colours at the top, in either case with or without `#`.
package nonisolated struct Scheme: Equatable, Sendable {
  package let name: String
  package let author: String
  /// As many as `Slot` has cases.
  private let colours: [RGB]

  package init(_ document: Document) throws(Problems) {
    let root = document.root
    guard case .mapping = root.content else {
      throw Problems([
        Diagnostic(
          code: "theme-shape", message: "found \(root.kind), expected a mapping of colours",
          span: root.span)
      ])
    }
    let palette = root[key: "palette"] ?? root
    var problems: [Diagnostic] = []
    var colours: [RGB] = []
    for slot in Slot.allCases {
      // Slots come in order, so that the one which stands in has been read.
      let colour = Self.colour(slot, of: palette, &problems)
      colours.append(colour ?? (slot.stand == slot ? RGB(0) : colours[slot.stand.rawValue]))
    }
    guard problems.isEmpty else { throw Problems(Array(problems.prefix(20))) }
    name =
      root[key: "name"]?.scalar?.text ?? root[key: "scheme"]?.scalar?.text ?? document.source.name
    author = root[key: "author"]?.scalar?.text ?? ""
    self.colours = colours
  }

  package subscript(slot: Slot) -> RGB { colours[slot.rawValue] }

  /// Nil for a slot of base24 that the scheme does not have, and for one that has a problem.
  private static func colour(
    _ slot: Slot, of palette: DocumentNode, _ problems: inout [Diagnostic]
  ) -> RGB? {
    guard let node = palette[key: slot.name] ?? palette[key: slot.name.lowercased()] else {
      guard slot.stand == slot else { return nil }
      problems.append(
        Diagnostic(
          code: "theme-missing", message: "there is no '\(slot.name)'", span: nil,
          help: "a scheme has base00 to base0F: \(slot.name): \"#808080\""))
      return nil
    }
    if let text = node.scalar?.text, let colour = RGB(hexadecimal: text) { return colour }
    problems.append(
      Diagnostic(
        code: "theme-colour",
        message: "found \(node.scalar.map { "'\($0.text)'" } ?? node.kind), expected a colour",
        span: node.span, help: "six hexadecimal digits: \(slot.name): \"#808080\""))
    return nil
  }
}

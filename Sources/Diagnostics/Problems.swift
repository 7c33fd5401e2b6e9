/// All problems of one text, in the order of their places, at most 20.
package struct Problems: Error, Equatable, Sendable {
  /// Sorted by place; what concerns the whole text comes first.
  package let diagnostics: [Diagnostic]
  /// How many more there were than are kept.
  package let omitted: Int

  private static let limit = 20

  package init(_ diagnostics: [Diagnostic]) {
    let sorted = diagnostics.enumerated().sorted { left, right in
      let places = (Self.place(left.element), Self.place(right.element))
      return places.0 == places.1 ? left.offset < right.offset : places.0 < places.1
    }
    self.diagnostics = sorted.prefix(Self.limit).map(\.element)
    omitted = max(0, diagnostics.count - Self.limit)
  }

  private static func place(_ diagnostic: Diagnostic) -> Int { diagnostic.span?.lowerBound ?? -1 }

  /// Every diagnostic with its source line, an empty line between two, as shown to the user.
  package func rendered(in source: SourceText) -> String {
    var parts = diagnostics.map { $0.rendered(in: source) }
    if omitted > 0 { parts.append("and \(omitted) more problem\(omitted == 1 ? "" : "s")\n") }
    return parts.joined(separator: "\n")
  }
}

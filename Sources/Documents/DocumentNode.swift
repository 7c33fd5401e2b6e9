package import Diagnostics

/// A value in a YAML document, and where it stands in the file.
package struct DocumentNode: Equatable, Sendable {
  package enum Content: Equatable, Sendable {
    /// Entries in the order of the file, keys unique.
    case mapping([DocumentEntry])
    case sequence([DocumentNode])
    case scalar(DocumentScalar)
  }

  package var content: Content
  /// UTF-8 offsets in the file.
  ///
  /// A scalar's reach over its quotes; a block scalar's cover its header (`|-`), a mapping's or
  /// sequence's its first character.
  package var span: SourceSpan

  package init(_ content: Content, span: SourceSpan) {
    self.content = content
    self.span = span
  }

  /// `a mapping`, `a list`, `text`, `nothing`: what an error says was found.
  package var kind: String {
    switch content {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar(let scalar): scalar.isNull ? "nothing" : "text"
    }
  }

  package var scalar: DocumentScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// The value under a key of a mapping; nil where there is none.
  package subscript(key key: String) -> DocumentNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }
}

/// One `key: value` of a mapping.
package struct DocumentEntry: Equatable, Sendable {
  package var key: String
  package var keySpan: SourceSpan
  package var value: DocumentNode

  package init(key: String, keySpan: SourceSpan, value: DocumentNode) {
    self.key = key
    self.keySpan = keySpan
    self.value = value
  }
}

/// Text as it stands after quotes, folding and indentation are taken off.
package struct DocumentScalar: Equatable, Sendable {
  package enum Style: Equatable, Sendable { case plain, quoted, block }

  package var text: String
  package var style: Style
  /// For each line of `text`, where that line starts in the file; nil where lines were folded
  /// or escapes taken off, so that offsets no longer correspond.
  package var lineStarts: [Int]?

  package init(text: String, style: Style, lineStarts: [Int]?) {
    self.text = text
    self.style = style
    self.lineStarts = lineStarts
  }

  /// Whether it is `null`, `~` or nothing at all, without quotes.
  package var isNull: Bool {
    style == .plain && ["", "~", "null", "Null", "NULL"].contains(text)
  }
}

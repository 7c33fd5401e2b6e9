package import SafeText

/// One cell of a frame.
package struct Cell: Hashable, Sendable {
  /// What stands here; meaningless where `isContinuation`.
  package internal(set) var glyph: Glyph
  package internal(set) var role: CellRole
  /// The right half of the wide glyph to the left.
  package internal(set) var isContinuation: Bool

  package static let blank = Cell(glyph: .blank, role: .text, isContinuation: false)
}

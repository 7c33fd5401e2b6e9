package import Diagnostics

/// One YAML file as a tree of values with their places.
///
/// It is read for people who write rules and themes, not as a data language: aliases, anchors,
/// tags, several documents in one file and duplicate keys are refused, so that what is read is
/// what stands there.
package struct Document: Equatable, Sendable {
  /// Largest file that is read, in bytes; the largest published detection has about 8 KiB.
  package static let largest = 256 * 1024
  /// Deepest nesting of mappings and lists.
  package static let deepest = 32

  /// The whole file: spans of nodes and of problems are offsets in its text.
  package let source: SourceText
  package let root: DocumentNode

  /// Reads a file's text; `name` is what problems call it, a path as the user gave it.
  package init(_ text: String, name: String) throws(Problems) {
    source = SourceText(name: name, text: text)
    var composer = Composer(text: text)
    root = try composer.root()
  }

  /// The text of a scalar as a source of its own, whose offsets lead back to the file's lines
  /// where they can; otherwise it is shown by itself, under the file's name and the line.
  package func sourceText(of scalar: DocumentScalar, at node: DocumentNode) -> SourceText {
    guard let starts = scalar.lineStarts else {
      let line = lineNumber(at: node.span.lowerBound)
      return SourceText(name: "\(source.name) (text at line \(line))", text: scalar.text)
    }
    return SourceText(
      name: source.name, text: scalar.text, file: source.text, lineStarts: starts)
  }

  /// The line of an offset, counted from 1.
  package func lineNumber(at offset: Int) -> Int {
    1 + source.text.utf8.prefix(offset).count { $0 == UInt8(ascii: "\n") }
  }
}

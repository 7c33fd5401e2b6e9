/// A half-open range of UTF-8 offsets in one source text.
package struct SourceSpan: Hashable, Sendable {
  package var lowerBound: Int
  package var upperBound: Int

  package init(_ range: Range<Int>) {
    lowerBound = range.lowerBound
    upperBound = range.upperBound
  }
}

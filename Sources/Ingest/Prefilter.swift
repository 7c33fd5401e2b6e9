/// Answers, over raw bytes, whether a unit can matter to any rule.
package struct Prefilter: Sendable {
  /// - Parameter alternatives: runs of lower-case ASCII letters of which a unit must contain one,
  ///   in either case; nil where every unit is a candidate.
  package init(alternatives: [[UInt8]]?) { fatalError() }
}

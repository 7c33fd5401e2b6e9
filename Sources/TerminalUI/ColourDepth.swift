/// How many colours a terminal can be asked for.
package nonisolated enum ColourDepth: String, CaseIterable, Sendable {
  /// Any of 2^24, by a terminal description that takes them as numbers.
  case direct
  /// The cube and the greys of a terminal with 256 colours.
  case palette
  /// The eight that the user's terminal gives names to.
  case ansi
  /// None: bold, underline and reverse do.
  case mono
}

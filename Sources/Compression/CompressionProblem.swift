/// Why compressed bytes could not be inflated.
package enum CompressionProblem: Error, Equatable, Sendable {
  /// The bytes do not begin as gzip does.
  case notGzip
  /// The bytes end before the compressed data does: a file that is still being written.
  case cutOff
  /// The data, its checksum or its size is wrong.
  case corrupt
  /// More inflated bytes than the caller allows.
  case tooLarge(limit: Int)
  /// So many inflated bytes for so few that this is an attack, not a log.
  case bomb(ratio: Int)
  /// The compressed bytes could not be read; an errno.
  case unreadable(Int32)

  package var sentence: String {
    switch self {
    case .notGzip: "found bytes that are not gzip where gzip was expected"
    case .cutOff: "the gzip data ends too early"
    case .corrupt: "the gzip data is damaged"
    case .tooLarge(let limit): "the data is larger than \(limit) bytes when inflated"
    case .bomb(let ratio): "the gzip data inflates to \(ratio) times its size"
    case .unreadable(let number): "the compressed bytes cannot be read (error \(number))"
    }
  }
}

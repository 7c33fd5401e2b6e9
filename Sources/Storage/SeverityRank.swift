internal import Events

/// The order of severity words: the worse, the higher; any other word 0, none -1.
enum SeverityRank {
  private static let ranks: [Text: Int64] = [
    "untriaged": 1, "undefined": 2, "informational": 3, "low": 4, "medium": 5, "high": 6,
    "critical": 7,
  ]

  static func of(_ word: String?) -> Int64 {
    word.map { ranks[Text($0).foldingASCIICase] ?? 0 } ?? -1
  }
}

/// A column of a table as far as its place is concerned.
package struct ColumnWidths: Equatable, Sendable {
  package var least: Int
  /// What its contents need at most.
  package var most: Int
  /// Where room is short the column with the lowest worth is dropped first, and grows last.
  package var worth: Int
  /// Takes a share of the room that no column needs.
  package var takesRest: Bool

  package init(_ widths: ClosedRange<Int>, worth: Int, takesRest: Bool = false) {
    least = widths.lowerBound
    most = widths.upperBound
    self.worth = worth
    self.takesRest = takesRest
  }

  package init(_ width: Int, worth: Int) { self.init(width...width, worth: worth) }
}

/// Where the columns of a table stand in a given width.
package struct TableLayout: Equatable, Sendable {
  package struct Place: Equatable, Sendable {
    /// Index of the column in the list that was laid out.
    package var column: Int
    package var x: Int
    package var width: Int
  }

  /// What gives way where the least widths do not fit.
  package enum Dropping: Sendable {
    case leastWorth
    /// Those at the right; the last that is kept may be cut.
    case last
  }

  package private(set) var places: [Place]

  /// Lays columns out in their order.
  ///
  /// After what must be dropped they grow to their most, the worthier first, and those that take
  /// the rest share it.
  package init(
    _ columns: [ColumnWidths], width: Int, gap: Int = 2, dropping: Dropping = .leastWorth
  ) {
    let kept = Self.kept(columns, width: width, gap: gap, dropping: dropping)
    var widths = kept.map { columns[$0].least }
    var spare = max(0, width - widths.reduce(0, +) - gap * max(0, kept.count - 1))
    for index in kept.indices.sorted(by: { columns[kept[$0]].worth > columns[kept[$1]].worth }) {
      let more = min(spare, max(0, columns[kept[index]].most - widths[index]))
      widths[index] += more
      spare -= more
    }
    let open = kept.indices.filter { columns[kept[$0]].takesRest }
    for (turn, index) in open.enumerated() {
      let more = min(Self.mostRest, spare / (open.count - turn))
      widths[index] += more
      spare -= more
    }
    var x = 0
    places = kept.indices.map { index in
      defer { x += widths[index] + gap }
      return Place(column: kept[index], x: x, width: max(0, min(widths[index], width - x)))
    }
  }

  /// More than that between two columns, and the eye loses the line: the rest stays at the right.
  private static let mostRest = 24

  /// A cut last column shows this much at least.
  private static let leastOfLast = 8

  private static func kept(
    _ columns: [ColumnWidths], width: Int, gap: Int, dropping: Dropping
  ) -> [Int] {
    var kept = Array(columns.indices)
    func needed() -> Int {
      kept.reduce(0) { $0 + columns[$1].least } + gap * max(0, kept.count - 1)
    }
    var dropped: [Int] = []
    while kept.count > 1, needed() > width {
      switch dropping {
      case .leastWorth:
        let least = kept.indices.min { columns[kept[$0]].worth < columns[kept[$1]].worth }
        dropped.append(kept.remove(at: least ?? kept.count - 1))
      case .last:
        let last = columns[kept[kept.count - 1]].least
        if needed() - last + min(last, leastOfLast) <= width { return kept }
        kept.removeLast()
      }
    }
    // Where a wide one has gone, a narrow one that is worth less may still find room beside those
    // that have all they want.
    func wanted() -> Int {
      kept.reduce(0) { $0 + columns[$1].most } + gap * kept.count
    }
    for column in dropped.reversed() where wanted() + columns[column].least <= width {
      kept.append(column)
    }
    return kept.sorted()
  }
}

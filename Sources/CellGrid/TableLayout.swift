/// A column of a table as far as its place is concerned.
package struct ColumnWidths: Equatable, Sendable {
  package var least: Int
  /// `Int.max` takes whatever room is left.
  package var most: Int
  /// The column with the lowest worth is dropped first where room is short.
  package var worth: Int

  package init(_ widths: ClosedRange<Int>, worth: Int) {
    least = widths.lowerBound
    most = widths.upperBound
    self.worth = worth
  }

  package init(_ width: Int, worth: Int) { self.init(width...width, worth: worth) }

  package init(from least: Int, worth: Int) { self.init(least...Int.max, worth: worth) }
}

/// Where the columns of a table stand in a given width.
package struct TableLayout: Equatable, Sendable {
  package struct Place: Equatable, Sendable {
    /// Index of the column in the list that was laid out.
    package var column: Int
    package var x: Int
    package var width: Int
  }

  package private(set) var places: [Place]

  /// Columns keep their order. Those of least worth are dropped until the least widths fit; then
  /// the columns grow, the worthier first, up to their most; columns without a most share the rest.
  package init(_ columns: [ColumnWidths], width: Int, gap: Int = 2) {
    var kept = Array(columns.indices)
    func needed() -> Int {
      kept.reduce(0) { $0 + columns[$1].least } + gap * max(0, kept.count - 1)
    }
    while kept.count > 1, needed() > width,
      let least = kept.indices.min(by: { columns[kept[$0]].worth < columns[kept[$1]].worth })
    {
      kept.remove(at: least)
    }
    var widths = kept.map { columns[$0].least }
    var spare = width - needed()
    let byWorth = kept.indices.sorted { columns[kept[$0]].worth > columns[kept[$1]].worth }
    for index in byWorth where columns[kept[index]].most < .max && spare > 0 {
      let more = min(spare, columns[kept[index]].most - widths[index])
      widths[index] += more
      spare -= more
    }
    let open = kept.indices.filter { columns[kept[$0]].most == .max }
    for (turn, index) in open.enumerated() where spare > 0 {
      let more = spare / (open.count - turn)
      widths[index] += more
      spare -= more
    }
    var x = 0
    places = kept.indices.map { index in
      defer { x += widths[index] + gap }
      return Place(column: kept[index], x: x, width: max(0, min(widths[index], width - x)))
    }
  }
}

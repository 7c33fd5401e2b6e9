import CellGrid

/// Where the parts of a view stand on the screen.
struct Arrangement: Equatable {
  /// The card over the lists; nil where the view has none or there is no room.
  var card: Rect?
  /// The lists in view, by index.
  var panes: [Int: Rect] = [:]
  /// The long text of the view.
  var document: Rect?
}

/// How much of the screen its lists have been given, beside what they have at first.
struct Shares: Equatable, Sendable {
  /// Twentieths that the left and the upper list have more; 8 at most.
  var across = 0
  var down = 0

  mutating func move(_ share: WritableKeyPath<Shares, Int>, by steps: Int) {
    self[keyPath: share] = min(8, max(-8, self[keyPath: share] + steps))
  }
}

extension State {
  static let least = Size(width: 40, height: 12)

  /// Lines at the top: the header, and the breadcrumb below it where there is one.
  var headLines: Int { (stack.count > 1 ? 2 : 1) + timelineLines }

  /// Lines at the bottom: the keys, or what is typed and what is wrong with it.
  var footLines: Int {
    switch overlay {
    case .palette(let palette) where paletteProblem(palette) != nil: 3
    case .filter where size.height >= 16: 3
    case .filter, .search, .palette: 2
    default: 1
    }
  }

  var body: Rect {
    Rect(x: 0, y: headLines, width: size.width, height: size.height - headLines - footLines)
  }

  var arrangement: Arrangement {
    guard !view.isDocument else { return Arrangement(document: body) }
    var arrangement = Arrangement()
    var rest = body
    let wanted = cardLines(width: body.width - 4).count
    if wanted > 0, body.height >= 8 {
      let height = min(wanted + 2, max(3, body.height - (body.height >= 20 ? 10 : 6)))
      arrangement.card = Rect(x: 0, y: body.y, width: body.width, height: height)
      rest = Rect(
        x: 0, y: body.y + height, width: body.width, height: body.height - height)
    }
    arrangement.panes = arrangedPanes(in: rest)
    return arrangement
  }

  /// Side by side where there is width, below one another where there is height, else just the
  /// list that has the focus.
  private func arrangedPanes(in area: Rect) -> [Int: Rect] {
    let focused = [place.focus: area]
    switch place.panes.count {
    case 1: return [0: area]
    case 2 where view.isUser:
      // The names of drilldown searches are long: they get the whole width.
      guard area.height >= 10 else { return focused }
      let drilldowns = min(max(5, place.panes[1].total + 3), area.height / 2)
      let (upper, lower) = splitDown(area, area.height - drilldowns)
      return [0: upper, 1: lower]
    case 2 where view == .files:
      guard area.height >= 10 else { return focused }
      let letters = min(max(5, place.panes[1].total + 3), area.height / 3)
      let (upper, lower) = splitDown(area, area.height - letters)
      return [0: upper, 1: lower]
    case 2:
      if area.width >= 100 {
        let (left, right) = splitAcross(area, 0.6)
        return [0: left, 1: right]
      }
      guard area.height >= 12 else { return focused }
      let (upper, lower) = splitDown(area, area.height * 3 / 5)
      return [0: upper, 1: lower]
    default:
      guard area.width >= 76 else {
        return area.height >= 20 ? stackedPanes(area) : focused
      }
      guard area.height >= 12 else { return focused }
      return view == .overview ? overviewPanes(area) : threePanes(area)
    }
  }

  /// Three lists below one another, the main one the highest.
  private func stackedPanes(_ area: Rect) -> [Int: Rect] {
    let small = area.height * 3 / 10
    let main = view == .overview ? 2 : 0
    var y = area.y
    var rects: [Int: Rect] = [:]
    for index in 0..<3 {
      let height = index == main ? area.height - 2 * small : small
      rects[index] = Rect(x: area.x, y: y, width: area.width, height: height)
      y += height
    }
    return rects
  }

  /// Repositories and users above, findings below.
  private func overviewPanes(_ area: Rect) -> [Int: Rect] {
    let (upper, lower) = splitDown(area, max(6, area.height * 2 / 5))
    let (left, right) = splitAcross(upper, area.width >= 100 ? 0.55 : 0.58)
    return [0: left, 1: right, 2: lower]
  }

  /// The main list above, the two others below.
  private func threePanes(_ area: Rect) -> [Int: Rect] {
    let (upper, lower) = splitDown(area, area.height - max(5, area.height * 2 / 5))
    let (left, right) = splitAcross(lower, 0.55)
    return [0: upper, 1: left, 2: right]
  }

  private func splitAcross(_ area: Rect, _ share: Double) -> (Rect, Rect) {
    area.splitAcross(min(0.8, max(0.2, share + Double(shares.across) / 20)))
  }

  private func splitDown(_ area: Rect, _ first: Int) -> (Rect, Rect) {
    guard shares.down != 0 else { return area.splitDown(first) }
    let moved = first + area.height * shares.down / 20
    return area.splitDown(min(max(5, moved), max(first, area.height - 5)))
  }

  /// Gives the list with the focus more room, or less: in width where another stands beside it,
  /// else in height.
  mutating func grow(by steps: Int) -> [Effect] {
    let panes = arrangement.panes
    guard let rect = panes[place.focus] else { return [] }
    let others = panes.filter { $0.key != place.focus }.map(\.value)
    let beside = others.first { $0.y == rect.y }
    return reveal { state in
      if let beside {
        state.shares.move(\.across, by: rect.x < beside.x ? steps : -steps)
      } else if let other = others.first {
        state.shares.move(\.down, by: rect.y < other.y ? steps : -steps)
      }
    }
  }

  var visiblePanes: [Int] { arrangement.panes.keys.sorted() }

  /// Lines of a list that are in view: within its border and below the column heads.
  func paneHeight(_ index: Int) -> Int {
    max(1, (arrangement.panes[index]?.height ?? size.height - 6) - 3)
  }

  /// Room for the lines of a long text, within its border.
  var documentSize: Size {
    Size(width: max(1, body.width - 4), height: max(1, body.height - 2))
  }
}

extension View {
  fileprivate var isUser: Bool { if case .user = self { true } else { false } }
}

extension Rect {
  fileprivate func splitAcross(_ share: Double) -> (Rect, Rect) {
    let first = Int((Double(width) * share).rounded())
    return (
      Rect(x: x, y: y, width: first, height: height),
      Rect(x: x + first, y: y, width: width - first, height: height)
    )
  }

  fileprivate func splitDown(_ first: Int) -> (Rect, Rect) {
    (
      Rect(x: x, y: y, width: width, height: first),
      Rect(x: x, y: y + first, width: width, height: height - first)
    )
  }
}

import CellGrid

/// A few things to choose from, in a box over the view: what it says, and where it lies.
struct Menu {
  struct Item {
    var text: String
    /// What stands at the right.
    var note = ""
  }

  let title: String
  let items: [Item]
  let cursor: Int
  /// What is typed in place of a choice; nil where nothing can be.
  let typed: String?
  let rect: Rect

  init(_ title: String, _ items: [Item], _ cursor: Int, typed: String? = nil, in size: Size) {
    self.title = title
    self.items = items
    self.cursor = cursor
    self.typed = typed
    let height = min(items.count + 2 + (typed == nil ? 0 : 2), size.height - 2)
    rect = Rect.centred(width: 34, height: height, in: size)
  }

  /// Lines for items.
  var room: Int { max(1, rect.height - 2 - (typed == nil ? 0 : 2)) }
  /// The first item in view.
  var top: Int { max(0, min(cursor - room + 1, items.count - room)) }

  /// The item in a row of the screen; nil where there is none.
  func item(at y: Int) -> Int? {
    let row = y - rect.y - 1
    guard (0..<room).contains(row), top + row < items.count else { return nil }
    return top + row
  }
}

extension Rect {
  static func centred(width: Int, height: Int, in size: Size) -> Rect {
    Rect(
      x: (size.width - width) / 2, y: max(0, (size.height - height) / 2), width: width,
      height: height)
  }

  func contains(_ point: Point) -> Bool {
    (x..<right).contains(point.x) && (y..<bottom).contains(point.y)
  }
}

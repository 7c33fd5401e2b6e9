import SafeText

/// What a terminal of the kind `xterm-256color` shows after the bytes it got.
///
/// It knows the sequences that this program has reason to send and no others: whatever else arrives
/// is kept in `strangers`, so that a test can say that nothing did.
struct ScreenModel {
  struct Cell: Equatable {
    /// Empty for the right half of a wide glyph.
    var text = " "
    var pen = Pen()
  }

  private(set) var columns: Int
  private(set) var rows: Int
  /// Sequences that a dashboard has no reason to send, as text.
  private(set) var strangers: [String] = []
  /// Modes that are set by number, `?` ones apart from the plain ones.
  private(set) var modes: Set<String> = ["?25", "?7"]
  /// Texts that went to the clipboard, in base64.
  private(set) var copies: [String] = []

  /// Every character that has arrived.
  private(set) var scalars: Set<Unicode.Scalar> = []

  private var parser = SequenceParser()
  private var pages: [[[Cell]]]
  private var pen = Pen()
  private var x = 0
  private var y = 0
  private var saved = (x: 0, y: 0)
  private var margins: ClosedRange<Int>

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    margins = 0...max(0, rows - 1)
    let blank = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
    pages = [blank, blank]
  }

  var isAlternate: Bool { modes.contains("?1049") }
  var hearsMouse: Bool { modes.contains("?1000") }
  var showsCursor: Bool { modes.contains("?25") }

  /// The rows of the page that is shown, without blanks at their ends.
  var lines: [String] {
    page.map { row in
      var line = row.map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  var text: String { lines.joined(separator: "\n") }

  subscript(x: Int, y: Int) -> Cell { page[y][x] }

  /// The pens of the cells of a text's first occurrence; nil where it is not there.
  func pens(of text: String) -> [Pen]? {
    for row in page {
      let line = row.map(\.text).joined()
      guard let range = line.firstRange(of: text) else { continue }
      let start = line[..<range.lowerBound].count
      return row[start..<min(row.count, start + text.count)].map(\.pen)
    }
    return nil
  }

  mutating func resize(columns: Int, rows: Int) {
    pages = pages.map { page in
      (0..<rows).map { y in
        (0..<columns).map { x in y < page.count && x < page[y].count ? page[y][x] : Cell() }
      }
    }
    self.columns = columns
    self.rows = rows
    margins = 0...max(0, rows - 1)
    x = min(x, columns - 1)
    y = min(y, rows - 1)
  }

  mutating func take(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      for item in parser.take(byte) { obey(item) }
    }
  }

  private var page: [[Cell]] {
    get { pages[isAlternate ? 1 : 0] }
    set { pages[isAlternate ? 1 : 0] = newValue }
  }

  private mutating func obey(_ item: SequenceParser.Item) {
    switch item {
    case .scalar(let scalar): print(scalar)
    case .control(let byte): control(byte)
    case .escape(let text): escape(text)
    case .sequence(let sequence): sequenced(sequence)
    case .command(let text):
      if text.hasPrefix("52;c;") {
        copies.append(String(text.dropFirst(5)))
      } else {
        strangers.append("OSC \(text)")
      }
    case .broken(let text): strangers.append(text)
    }
  }

  private mutating func print(_ scalar: Unicode.Scalar) {
    scalars.insert(scalar)
    let width = Self.width(of: scalar)
    guard width > 0 else {
      if x > 0 { page[y][x - 1].text.unicodeScalars.append(scalar) }
      return
    }
    if x + width > columns {
      x = 0
      feed()
    }
    page[y][x] = Cell(text: String(scalar), pen: pen)
    if width == 2, x + 1 < columns { page[y][x + 1] = Cell(text: "", pen: pen) }
    x += width
  }

  /// The widths that the program itself reckons with: where curses has others the picture shifts.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: 0
    default: SafeText.width(of: String(scalar))
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x08: x = max(0, min(x, columns - 1) - 1)
    case 0x09: x = min(columns - 1, (x / 8 + 1) * 8)
    case 0x0A: feed()
    case 0x0D: x = 0
    default: strangers.append("control \(byte)")
    }
  }

  private mutating func feed() {
    if y == margins.upperBound {
      scroll(by: 1)
    } else if y < rows - 1 {
      y += 1
    }
  }

  private mutating func scroll(by count: Int) {
    let blank = Array(repeating: Cell(pen: pen.erasing), count: columns)
    for _ in 0..<abs(count) {
      if count > 0 {
        page.remove(at: margins.lowerBound)
        page.insert(blank, at: margins.upperBound)
      } else {
        page.remove(at: margins.upperBound)
        page.insert(blank, at: margins.lowerBound)
      }
    }
  }

  private mutating func escape(_ text: String) {
    switch text {
    case "(B", "=", ">": break
    case "7": saved = (x, y)
    case "8": (x, y) = saved
    case "M" where y == margins.lowerBound: scroll(by: -1)
    case "M": y = max(0, y - 1)
    default: strangers.append("ESC \(text)")
    }
  }
}

extension ScreenModel {
  private mutating func sequenced(_ sequence: SequenceParser.Sequence) {
    let numbers = sequence.numbers
    let first = max(1, numbers.first ?? 1)
    switch (sequence.mark, sequence.final) {
    case ("", "m"): pen.take(numbers)
    case ("", "H"):
      y = clamped(first - 1, rows)
      x = clamped(max(1, numbers.count > 1 ? numbers[1] : 1) - 1, columns)
    case ("", "A"): y = max(0, y - first)
    case ("", "B"): y = min(rows - 1, y + first)
    case ("", "C"): x = min(columns - 1, x + first)
    case ("", "D"): x = max(0, min(x, columns - 1) - first)
    case ("", "G"): x = clamped(first - 1, columns)
    case ("", "d"): y = clamped(first - 1, rows)
    case ("", "J"), ("", "K"), ("", "X"): erase(sequence.final, numbers.first ?? 0)
    case ("", "P"), ("", "@"): shift(sequence.final == "P" ? -first : first)
    case ("", "L"), ("", "M"): shiftLines(sequence.final == "M" ? first : -first)
    case ("", "S"): scroll(by: first)
    case ("", "T"): scroll(by: -first)
    case ("", "r"):
      let last = numbers.count > 1 && numbers[1] > 0 ? numbers[1] : rows
      margins = clamped(first - 1, rows)...max(clamped(first - 1, rows), clamped(last - 1, rows))
      (x, y) = (0, 0)
    case ("", "b"): repeated(first)
    // The window's title is put on its stack and taken off again by the alternate screen.
    case ("", "t") where numbers.first == 22 || numbers.first == 23: break
    case ("?", "h"), ("", "h"), ("?", "l"), ("", "l"): setModes(sequence)
    default: strangers.append("CSI \(sequence)")
    }
  }

  private func clamped(_ value: Int, _ limit: Int) -> Int { max(0, min(limit - 1, value)) }

  private mutating func setModes(_ sequence: SequenceParser.Sequence) {
    // Cursor keys, insert mode, wrapping, blinking, the cursor, the alternate screen, pastes, the
    // mouse.
    let known: Set<String> = [
      "?1", "4", "?7", "?12", "?25", "?1049", "?2004", "?1000", "?1006",
    ]
    for number in sequence.numbers {
      let mode = "\(sequence.mark)\(number)"
      guard known.contains(mode) else {
        strangers.append("mode \(mode)")
        continue
      }
      if sequence.final == "h" { modes.insert(mode) } else { modes.remove(mode) }
      guard mode == "?1049" else { continue }
      if sequence.final == "l" {
        (x, y) = saved
      } else {
        saved = (x, y)
        page = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
      }
    }
  }

  private mutating func erase(_ what: Character, _ how: Int) {
    let blank = Cell(pen: pen.erasing)
    let column = min(x, columns - 1)
    let (from, to): (Int, Int) =
      switch (what, how) {
      case ("X", _): (column, min(columns, column + max(1, how)))
      case (_, 1): (0, column + 1)
      case (_, 2): (0, columns)
      default: (column, columns)
      }
    for place in from..<to { page[y][place] = blank }
    guard what == "J" else { return }
    let others: Range<Int> =
      switch how {
      case 0: y + 1..<rows
      case 1: 0..<y
      default: 0..<rows
      }
    for row in others { page[row] = Array(repeating: blank, count: columns) }
  }

  /// Moves the rest of the row to the right, or to the left where `count` is negative.
  private mutating func shift(_ count: Int) {
    let column = min(x, columns - 1)
    let amount = min(abs(count), columns - column)
    let blanks = Array(repeating: Cell(pen: pen.erasing), count: amount)
    if count < 0 {
      page[y].removeSubrange(column..<column + amount)
      page[y] += blanks
    } else {
      page[y].removeLast(amount)
      page[y].insert(contentsOf: blanks, at: column)
    }
  }

  /// Takes lines out at the cursor, or puts blank ones in where `count` is negative.
  private mutating func shiftLines(_ count: Int) {
    guard margins.contains(y) else { return }
    let outer = margins
    margins = y...outer.upperBound
    scroll(by: max(-(outer.upperBound - y + 1), min(outer.upperBound - y + 1, count)))
    margins = outer
  }

  private mutating func repeated(_ count: Int) {
    guard x > 0, let scalar = page[y][x - 1].text.unicodeScalars.first else { return }
    for _ in 0..<count { print(scalar) }
  }
}

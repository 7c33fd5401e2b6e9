import CellGrid
import SafeText

/// A line that is typed, and where in it the next character goes.
package struct Entry: Equatable, Sendable {
  package private(set) var text: String
  /// Characters before the place where typing goes on.
  package private(set) var caret: Int

  /// More than anybody types; what is pasted by mistake stays out.
  private static let most = 2000

  package init(_ text: String = "") {
    self.text = text
    caret = text.count
  }

  var isEmpty: Bool { text.isEmpty }

  /// What stands before the place where typing goes on.
  var head: Substring { text.prefix(caret) }
  var tail: Substring { text.dropFirst(caret) }

  /// Takes a key that edits; false for one that does not.
  mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace: remove(back: 1)
    case .delete: removeAhead()
    case .control("U"): remove(back: caret)
    case .control("W"): remove(back: word)
    case .left: caret = max(0, caret - 1)
    case .right: caret = min(text.count, caret + 1)
    case .home, .control("A"): caret = 0
    case .end, .control("E"): caret = text.count
    default: return false
    }
    return true
  }

  /// Writes in place of so many characters before the caret.
  mutating func replace(back count: Int, with words: String) {
    remove(back: count)
    insert(words)
  }

  private mutating func insert(_ words: String) {
    guard text.utf8.count + words.utf8.count <= Entry.most else { return }
    let before = head + words
    text = String(before + tail)
    // Counted anew: what is typed may join the character before it.
    caret = min(before.count, text.count)
  }

  private mutating func remove(back count: Int) {
    let count = min(count, caret)
    text = String(text.prefix(caret - count) + tail)
    caret -= count
  }

  private mutating func removeAhead() {
    text = String(head + tail.dropFirst())
  }

  /// Characters of the word before the caret and the blanks behind it.
  private var word: Int {
    let blanks = head.reversed().prefix { $0 == " " }.count
    return blanks + head.dropLast(blanks).reversed().prefix { $0 != " " }.count
  }
}

extension Canvas {
  /// Draws a line that is typed, as much of it as leaves the caret in view; the terminal's cursor
  /// stands there.
  mutating func put(_ entry: Entry, x: Int, y: Int, width: Int) {
    guard width > 1 else { return }
    var head = entry.head
    while SafeText.width(of: String(head), in: repertoire) >= width { head = head.dropFirst() }
    let used = put(String(head), x: x, y: y, width: width)
    put(String(entry.tail), x: x + used, y: y, width: width - used)
    showCursor(x: x + used, y: y)
  }
}

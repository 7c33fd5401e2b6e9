package import CellGrid
package import SafeText

/// A piece of a line of text, and what it is.
package struct Span: Equatable, Sendable {
  package var text: String
  package var role: CellRole
  package var kind: SafeText.Kind

  package init(_ text: String, _ role: CellRole = .text, as kind: SafeText.Kind = .identity) {
    self.text = text
    self.role = role
    self.kind = kind
  }
}

/// A line of a long text.
package struct DocumentLine: Equatable, Sendable {
  /// Columns that the line stands in from the left.
  package var indent: Int
  /// Columns that what is wrapped of it stands further in.
  package var hang: Int
  package var spans: [Span]
  /// Index of the line that ends what begins here; the lines up to it can be folded away.
  package var foldEnd: Int?
  /// Where Enter on the line leads to.
  package var target: View?

  package init(_ spans: [Span], indent: Int = 0, hang: Int = 0, foldEnd: Int? = nil) {
    self.spans = spans
    self.indent = indent
    self.hang = hang
    self.foldEnd = foldEnd
  }

  package var text: String { spans.map(\.text).joined() }
}

/// A long text that is scrolled, folded and searched.
package struct Document: Equatable, Sendable {
  package private(set) var lines: [DocumentLine] = []
  /// Indices of lines that are folded at their beginning.
  package private(set) var folded: Set<Int> = []
  /// Indices of the lines that no fold hides.
  package private(set) var shown: [Int] = []
  /// The selected line and the uppermost one, as indices of `shown`.
  package var cursor = 0
  package var top = 0
  package var search = "" { didSet { countFound() } }
  /// How many lines hold the searched text.
  package private(set) var found = 0
  /// The line to go to once the text is there: the beginning of the record's JSON.
  package var record: Int?

  package init() {}

  /// The text, loaded or loaded again: place and folds stay where the text is the same.
  package mutating func take(_ lines: [DocumentLine], record: Int? = nil) {
    guard lines != self.lines else { return }
    let isSameShape = lines.map(\.foldEnd) == self.lines.map(\.foldEnd)
    self.lines = lines
    self.record = record
    if !isSameShape { folded = [] }
    unfoldAndCount()
    countFound()
  }

  package var selected: DocumentLine? {
    shown.indices.contains(cursor) ? lines[shown[cursor]] : nil
  }

  /// Folds the part that begins at the cursor, else the one that holds it.
  package mutating func fold() {
    guard let line = shown.indices.contains(cursor) ? shown[cursor] : nil else { return }
    if lines[line].foldEnd != nil, !folded.contains(line) {
      folded.insert(line)
    } else if let outer = lines.indices.prefix(line).last(where: { start in
      lines[start].foldEnd.map { $0 >= line } ?? false
    }) {
      folded.insert(outer)
      unfoldAndCount()
      cursor = shown.firstIndex(of: outer) ?? cursor
    }
    unfoldAndCount()
  }

  package mutating func unfold() {
    guard let line = shown.indices.contains(cursor) ? shown[cursor] : nil else { return }
    folded.remove(line)
    unfoldAndCount()
  }

  package mutating func toggleFold() {
    guard let line = shown.indices.contains(cursor) ? shown[cursor] : nil else { return }
    if folded.contains(line) { unfold() } else { fold() }
  }

  /// Moves the cursor to a line of the whole text, opening what hides it.
  package mutating func go(to line: Int) {
    guard lines.indices.contains(line) else { return }
    folded = folded.filter { start in
      !(start < line && (lines[start].foldEnd ?? start) >= line)
    }
    unfoldAndCount()
    cursor = shown.firstIndex(of: line) ?? cursor
  }

  /// Moves to the next line that holds the searched text, from the top again after the last.
  package mutating func find(forward: Bool, fromHere: Bool = false) {
    guard !search.isEmpty, !lines.isEmpty, shown.indices.contains(cursor) else { return }
    let here = shown[cursor]
    let count = lines.count
    for distance in (fromHere ? 0 : 1)...count {
      let index = (here + (forward ? distance : count - distance % count)) % count
      if !ranges(of: search, in: lines[index].text).isEmpty {
        go(to: index)
        return
      }
    }
  }

  package var hasFolds: Bool { lines.contains { $0.foldEnd != nil } }

  private mutating func countFound() {
    found = search.isEmpty ? 0 : lines.count { !ranges(of: search, in: $0.text).isEmpty }
  }

  private mutating func unfoldAndCount() {
    folded = folded.filter { lines.indices.contains($0) && lines[$0].foldEnd != nil }
    shown = []
    var index = 0
    while index < lines.count {
      shown.append(index)
      index = folded.contains(index) ? (lines[index].foldEnd ?? index) + 1 : index + 1
    }
    cursor = min(cursor, max(0, shown.count - 1))
    top = min(top, cursor)
  }
}

/// Where a text holds another, ASCII letters of either case alike; places in its UTF-8.
func ranges(of needle: String, in text: String) -> [Range<Int>] {
  let wanted = needle.utf8.map(folded)
  let bytes = text.utf8.map(folded)
  guard !wanted.isEmpty, wanted.count <= bytes.count else { return [] }
  var found: [Range<Int>] = []
  var start = 0
  while start + wanted.count <= bytes.count {
    if bytes[start] == wanted[0], bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
      found.append(start..<(start + wanted.count))
      start += wanted.count
    } else {
      start += 1
    }
  }
  return found
}

private func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

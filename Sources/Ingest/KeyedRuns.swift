/// Tells of a key in raw bytes whether its string holds one of many runs of letters.
///
/// The string behind the key is compared with all the runs at once. What is not plainly a string
/// without escapes counts as found: it is for the reader to tell.
struct KeyedRuns: Sendable {
  /// In lower case.
  let key: [UInt8]
  /// Lower-case runs by their first three letters.
  private let runs: [UInt32: [[UInt8]]]
  /// One bit for each group of first letters, to pass over most places without a look-up.
  private let marks: [UInt64]

  private static let prefix = 3

  /// Nil where a run is too short to be told by its beginning.
  init?(key: String, runs: [[UInt8]]) {
    let letters = key.utf8.map { $0 | 0x20 }
    guard LetterRuns.isUsable(letters), !runs.isEmpty,
      runs.allSatisfy({ $0.count >= Self.prefix && LetterRuns.isUsable($0) })
    else { return nil }
    self.key = letters
    var byStart: [UInt32: [[UInt8]]] = [:]
    var marks = [UInt64](repeating: 0, count: 64)
    for run in Set(runs.map { $0.map { $0 | 0x20 } }) {
      let mark = UInt32(run[0]) | UInt32(run[1]) << 8 | UInt32(run[2]) << 16
      byStart[mark, default: []].append(run)
      marks[Self.slot(mark) >> 6] |= 1 << UInt64(Self.slot(mark) & 63)
    }
    self.runs = byStart
    self.marks = marks
  }

  /// Whether the string of the key that begins at `place` matters, or cannot be told.
  func isWanted(_ base: UnsafeRawPointer, at place: Int, to end: Int) -> Bool {
    isWanted(UnsafeRawBufferPointer(start: base, count: end), behind: place + key.count)
  }

  private func isWanted(_ text: UnsafeRawBufferPointer, behind key: Int) -> Bool {
    var index = key
    // In a string that holds JSON each quote has backslashes before it.
    let depth = backslashes(text, &index)
    guard index < text.count else { return true }
    // Anything but a quote makes it a part of a longer word.
    guard text[index] == 0x22 else { return depth > 0 }
    index += 1
    skipSpace(text, &index)
    guard index < text.count else { return true }
    // A string that is no key; a backslash may be white space of JSON in a string.
    guard text[index] == 0x3a else { return text[index] == 0x5c }
    index += 1
    skipSpace(text, &index)
    guard backslashes(text, &index) == depth, index < text.count, text[index] == 0x22 else {
      return true
    }
    let start = index + 1
    index = start
    while index < text.count, text[index] >= 0x20, text[index] != 0x22, text[index] != 0x5c {
      index += 1
    }
    let value = UnsafeRawBufferPointer(rebasing: text[start..<index])
    guard backslashes(text, &index) == depth, index < text.count, text[index] == 0x22 else {
      return true
    }
    return holdsRun(value)
  }

  private func holdsRun(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value.count >= Self.prefix else { return false }
    // This is done for every record: no array's bounds are looked at for each letter.
    return marks.withUnsafeBufferPointer { marks in
      var mark = UInt32(value[0] | 0x20) << 8 | UInt32(value[1] | 0x20) << 16
      for place in 0...(value.count - Self.prefix) {
        mark = mark >> 8 | UInt32(value[place + 2] | 0x20) << 16
        let slot = Self.slot(mark)
        guard marks[slot >> 6] >> UInt64(slot & 63) & 1 == 1 else { continue }
        if isRun(at: place, of: value, beginning: mark) { return true }
      }
      return false
    }
  }

  private func isRun(
    at place: Int, of value: UnsafeRawBufferPointer, beginning mark: UInt32
  ) -> Bool {
    guard let likely = runs[mark] else { return false }
    return likely.contains { run in
      run.count <= value.count - place
        && run.indices.allSatisfy { value[place + $0] | 0x20 == run[$0] }
    }
  }

  private static func slot(_ mark: UInt32) -> Int { Int((mark &* 0x9e37_79b1) >> 20) }

  private func backslashes(_ text: UnsafeRawBufferPointer, _ index: inout Int) -> Int {
    let start = index
    while index < text.count, text[index] == 0x5c { index += 1 }
    return index - start
  }

  private func skipSpace(_ text: UnsafeRawBufferPointer, _ index: inout Int) {
    while index < text.count, text[index] <= 0x20 { index += 1 }
  }
}

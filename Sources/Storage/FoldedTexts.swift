internal import Events

/// Long texts of blobs as numbers of terms, so that each is stored once for all rows that say it.
///
/// A number of bytes below which a text stays where it is: its number would save little, and texts
/// that are all different, as times are, would fill the table of terms.
enum FoldedTexts {
  static let least = 24

  /// What the first byte of a group's folded state is; the engine's versions are small.
  private static let mark: UInt8 = 0xf0
  /// What stands before a text in a group's state.
  private static let text: UInt8 = 1

  /// A group's state with its long texts as numbers: literal bytes and terms in turn, each run of
  /// literal bytes with its length before.
  ///
  /// What looks like a text (its mark, its length, printable ASCII) is taken for one; any bytes
  /// come back as they were.
  static func fold(
    _ state: [UInt8], _ terms: Terms, _ cache: inout TermCache
  ) throws -> [UInt8] {
    try state.withUnsafeBytes { state in
      var folded: [UInt8] = []
      folded.reserveCapacity(state.count + 16)
      folded.append(mark)
      var start = 0
      var place = 0
      while place < state.count {
        guard state[place] == text, let span = span(in: state, after: place) else {
          place += 1
          continue
        }
        let number = try terms.number(
          ofBytes: UnsafeRawBufferPointer(rebasing: state[span]), &cache)
        folded.append(varying: UInt64(place - start))
        folded.append(contentsOf: UnsafeRawBufferPointer(rebasing: state[start..<place]))
        folded.append(varying: UInt64(number))
        start = span.upperBound
        place = start
      }
      folded.append(varying: UInt64(state.count - start))
      folded.append(contentsOf: UnsafeRawBufferPointer(rebasing: state[start...]))
      return folded
    }
  }

  /// The bytes of a text whose length stands behind a place, where there is one.
  private static func span(in state: UnsafeRawBufferPointer, after place: Int) -> Range<Int>? {
    var next = place + 1
    guard next < state.count else { return nil }
    var length = Int(state[next] & 0x7f)
    if state[next] >= 0x80 {
      next += 1
      guard next < state.count, state[next] < 0x80 else { return nil }
      length |= Int(state[next]) << 7
      // Any other spelling of a length would not come back as it was.
      guard length >= 0x80 else { return nil }
    }
    let start = next + 1
    guard length >= least, length <= state.count - start else { return nil }
    return isPrintable(state, start..<start + length) ? start..<start + length : nil
  }

  /// Whether all are printable ASCII: eight bytes at a time, none with its high bit, none below a
  /// space (of which taking one away borrows from the high bit), none DEL.
  private static func isPrintable(_ state: UnsafeRawBufferPointer, _ span: Range<Int>) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var place = span.lowerBound
    while place + 8 <= span.upperBound {
      let word = state.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      // Without high bits no byte carries into the next in either sum.
      guard word & highs == 0, ((word | highs) &- (ones &* 0x20)) & highs == highs,
        (word &+ ones) & highs == 0
      else { return false }
      place += 8
    }
    return state[place..<span.upperBound].allSatisfy { $0 >= 0x20 && $0 < 0x7f }
  }

  /// The state as the engine gave it; `name` answers the text of a number.
  static func unfold(
    _ folded: [UInt8], _ name: (Int64) throws -> String?
  ) throws -> [UInt8] {
    guard folded.first == mark else { return folded }
    var state: [UInt8] = []
    var rest = folded[1...]
    while true {
      let count = try rest.takeVarying()
      guard count <= UInt64(rest.count) else { throw BlobReader.damage("group") }
      state += rest.prefix(Int(count))
      rest = rest.dropFirst(Int(count))
      guard !rest.isEmpty else { return state }
      let number = try rest.takeVarying()
      guard let name = try name(Int64(bitPattern: number)) else { throw BlobReader.damage("group") }
      state.append(text)
      state.append(varying: UInt64(name.utf8.count))
      state += name.utf8
    }
  }
}

extension [UInt8] {
  /// Appends a number in LEB128.
  mutating func append(varying number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}

extension ArraySlice<UInt8> {
  mutating func takeVarying() throws -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let next = popFirst() else { throw BlobReader.damage("end") }
      result |= UInt64(next & 0x7f) << shift
      if next < 0x80 { return result }
    }
    throw BlobReader.damage("number")
  }
}

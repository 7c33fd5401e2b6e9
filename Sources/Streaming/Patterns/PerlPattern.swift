internal import CPCRE2
import Events

/// A regular expression of PCRE2, held to fixed limits: no text makes it run for long.
///
/// A match that a limit ends counts as none, and is counted.
final class PerlPattern: Sendable {
  /// What PCRE2 calls the match limit and the depth limit.
  static let matchLimit: UInt32 = 100_000
  static let depthLimit: UInt32 = 1_000

  // Neither is written to after `init`, and PCRE2 only reads them in a match.
  private nonisolated(unsafe) let code: OpaquePointer
  private nonisolated(unsafe) let context: OpaquePointer
  private let limits: LimitCount
  private let groupCount: Int
  /// The named groups in the order of their numbers.
  let names: [(name: Text, group: Int)]

  init(_ pattern: String, limits: LimitCount) throws(PatternProblem) {
    var error: Int32 = 0
    var offset = 0
    let bytes = Array(pattern.utf8)
    let compiled = bytes.withUnsafeBufferPointer {
      pcre2_compile_8($0.baseAddress, $0.count, PCRE2_UTF, &error, &offset, nil)
    }
    guard let compiled else { throw PatternProblem(number: error, offset: offset) }
    guard let context = pcre2_match_context_create_8(nil) else {
      preconditionFailure("memory for a match context")
    }
    pcre2_set_match_limit_8(context, Self.matchLimit)
    pcre2_set_depth_limit_8(context, Self.depthLimit)
    code = compiled
    self.context = context
    self.limits = limits
    var groups: UInt32 = 0
    pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    groupCount = Int(groups)
    names = Self.names(of: compiled)
  }

  deinit {
    pcre2_match_context_free_8(context)
    pcre2_code_free_8(code)
  }

  func matches(_ text: Text) -> Bool { firstMatch(in: text) != nil }

  func firstMatch(in text: Text) -> PatternMatch? { matches(in: text, limit: 1).first }

  /// Matches from left to right, none of which overlaps another.
  func matches(in text: Text, limit: Int?) -> [PatternMatch] {
    guard let room = pcre2_match_data_create_8(UInt32(groupCount + 1), nil) else { return [] }
    defer { pcre2_match_data_free_8(room) }
    return text.withBytes { bytes in
      var found: [PatternMatch] = []
      var start = 0
      var options = PCRE2_NO_UTF_CHECK
      while start <= bytes.count, found.count < limit ?? .max {
        let subject = bytes.bindMemory(to: UInt8.self).baseAddress ?? Self.nothing
        let outcome = pcre2_match_8(code, subject, bytes.count, start, options, room, context)
        if outcome > 0 {
          let match = PatternMatch(room, groups: groupCount)
          found.append(match)
          start = match.whole.upperBound
          // After an empty match: at the same place something that is not empty, else go on.
          options = PCRE2_NO_UTF_CHECK
          if match.whole.isEmpty { options |= PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED }
        } else if outcome == PCRE2_ERROR_NOMATCH, options & PCRE2_ANCHORED != 0 {
          options = PCRE2_NO_UTF_CHECK
          start += Self.characterLength(bytes, at: start)
        } else {
          if outcome != PCRE2_ERROR_NOMATCH { limits.add() }
          break
        }
      }
      return found
    }
  }

  /// PCRE2 takes no null pointer, not even for no bytes.
  private nonisolated(unsafe) static let nothing = UnsafePointer(
    UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

  private static func characterLength(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Int {
    var length = 1
    while start + length < bytes.count, bytes[start + length] & 0xC0 == 0x80 { length += 1 }
    return length
  }

  private static func names(of code: OpaquePointer) -> [(name: Text, group: Int)] {
    var count: UInt32 = 0
    var width: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &width)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [] }
    return (0..<Int(count)).map { index in
      let entry = UnsafeBufferPointer(start: table + index * Int(width), count: Int(width))
      return (Text(utf8: entry.dropFirst(2).prefix { $0 != 0 }), Int(entry[0]) << 8 | Int(entry[1]))
    }.sorted { $0.1 < $1.1 }
  }
}

/// Where a pattern matched, in UTF-8 offsets.
struct PatternMatch: Sendable {
  /// The whole match first; nil for a group that took no part.
  let groups: [Range<Int>?]

  fileprivate init(_ room: OpaquePointer, groups count: Int) {
    let offsets = pcre2_get_ovector_pointer_8(room)
    groups = (0...count).map { group in
      guard let offsets, offsets[2 * group] != Int.max, offsets[2 * group] != -1 else { return nil }
      let start = Int(offsets[2 * group])
      return start..<max(start, Int(offsets[2 * group + 1]))
    }
  }

  var whole: Range<Int> { groups[0] ?? 0..<0 }

  /// What a group matched; nil where it took no part.
  func text(_ group: Int, of text: Text) -> Text? {
    guard group < groups.count, let range = groups[group] else { return nil }
    return text.withBytes { Text(utf8: UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}

/// Why a text is no regular expression.
struct PatternProblem: Error {
  let number: Int32
  /// In bytes from the start of the pattern.
  let offset: Int

  /// The problem in PCRE2's words: `missing closing parenthesis, at byte 3`.
  var sentence: String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, Int(length))), as: UTF8.self)
      + ", at byte \(offset)"
  }
}

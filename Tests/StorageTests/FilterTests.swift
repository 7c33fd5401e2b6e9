import Events
import Findings
import TestSupport
import Testing

@testable import Storage

/// Filters as SQL against the same filters evaluated row by row.
@Suite struct FilterTests {
  static let patterns = [
    "payments/api", "PAY*", "*api", "*", "**", "", "100%_sure", "100%*", "*_*", "a*b", "[x]",
    "*'*", "quote'\"; drop TABLE rows; --", "back\\*", "*\\slash", "e\u{301}*", "\u{e9}*",
    "\u{c9}quipe", "nul", "nul\0*", "*\0a", "\u{10FFFE}*", "?ay*", "test", "cve-1", "CVE-*", "1*",
    "high", "*weird*", "aws-cli", "50%*", "-", "%", "_", "*\u{10FFFF}*",
    "new", "informational", "Undeter*",
  ]

  static func random(_ random: inout SplitMix64, depth: Int) -> Filter {
    let pattern = patterns.randomElement(using: &random) ?? "*"
    let field = FilterField.ofRows.randomElement(using: &random) ?? .user
    switch Int.random(in: 0..<(depth > 0 ? 8 : 4), using: &random) {
    case 0, 1: return .matches(field, pattern: pattern)
    case 2: return .contains(pattern)
    case 3:
      let comparisons: [FilterComparison] = [.less, .lessOrEqual, .greater, .greaterOrEqual]
      return .compares(
        Bool.random(using: &random) ? .count : field,
        comparisons.randomElement(using: &random) ?? .less,
        number: [4, 7.5, -35, 42, 0].randomElement(using: &random) ?? 1)
    case 4, 5: return .not(self.random(&random, depth: depth - 1))
    case 6: return .and((0..<3).map { _ in self.random(&random, depth: depth - 1) })
    default: return .or((0..<2).map { _ in self.random(&random, depth: depth - 1) })
    }
  }

  private func found(_ store: Store, _ filter: Filter) throws -> Set<RowID> {
    let query = Query(
      filter: filter, range: TimeRange(from: nil, to: SampleRows.asOf + 10_000), limit: 10_000)
    guard case .rows(let page) = try store.answer(.rows(query)) else { return [] }
    return Set(page.lines.map(\.id))
  }

  @Test func everyPatternOnEveryFieldMatchesWhatCharacterByCharacterMatches() throws {
    let (store, model) = try LibraryTests.filled(seed: 11, rows: 20)
    let all = Set(model.rows.map(\.id))
    var hits = 0
    for pattern in FilterTests.patterns {
      var filters = FilterField.ofRows.map { Filter.matches($0, pattern: pattern) }
      filters.append(.contains(pattern))
      for filter in filters {
        let expected = Set(model.rows.filter { NaiveFilter.matches(filter, $0) }.map(\.id))
        hits += expected.isEmpty ? 0 : 1
        #expect(try found(store, filter) == expected, "\(filter)")
        #expect(try found(store, .not(filter)) == all.subtracting(expected), "not \(filter)")
      }
    }
    #expect(hits > 80)
  }

  @Test func combinationsMatchWhatTheModelMatches() throws {
    let (store, model) = try LibraryTests.filled(seed: 12, rows: 20)
    var random = SplitMix64(seed: 99)
    for _ in 0..<300 {
      let filter = FilterTests.random(&random, depth: 4)
      let expected = Set(model.rows.filter { NaiveFilter.matches(filter, $0) }.map(\.id))
      #expect(try found(store, filter) == expected, "\(filter)")
    }
  }

  @Test func nothingIsEverythingOrNothing() throws {
    let (store, model) = try LibraryTests.filled(seed: 13)
    #expect(try found(store, .and([])).count == model.rows.count)
    #expect(try found(store, .or([])).isEmpty)
    #expect(try found(store, .compares(.count, .less, number: .nan)).isEmpty)
    #expect(try found(store, .compares(.count, .less, number: .infinity)).count == model.rows.count)
  }

  @Test func aTermBeyondTheLimitIsRefusedInWords() throws {
    let store = try Store.temporary()
    let long = String(repeating: "x", count: 60_000)
    #expect(throws: StorageProblem.filterTooLong(bytes: 60_000, limit: 50_000)) {
      try found(store, .matches(.user, pattern: long))
    }
  }
}

import Diagnostics
import Testing

@testable import SPL

/// Where problems are: a `1️⃣` in a search is taken out, and its place is where the first is.
@Suite struct MarkerTests {
  private static let markers = ["1️⃣", "2️⃣", "3️⃣"]

  private func expect(
    _ marked: String, _ codes: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var text = marked
    var expected: [(Int, String)] = []
    for (marker, code) in zip(Self.markers, codes) {
      guard let range = text.firstRange(of: marker) else {
        Issue.record("no \(marker) in \(marked)", sourceLocation: sourceLocation)
        return
      }
      expected.append((text.utf8.distance(from: text.startIndex, to: range.lowerBound), code))
      text.removeSubrange(range)
    }
    let found = problems(text)
    #expect(
      found.map(\.code) == expected.map(\.1), "\(marked)", sourceLocation: sourceLocation)
    #expect(
      found.map { $0.span?.lowerBound } == expected.map(\.0), "\(marked)",
      sourceLocation: sourceLocation)
  }

  @Test func allProblemsOfASearchAreFound() {
    expect(
      "a=1 | 1️⃣stat count | rename a 2️⃣b | spath 3️⃣inputs=x",
      ["unknown-command", "unexpected-text", "unknown-option"])
    expect(
      "a=1️⃣ | 2️⃣`nothing` | stats 3️⃣summ(x)",
      ["missing-value", "unknown-macro", "unknown-function"])
  }

  @Test func theEndOfAStageIsAPlace() {
    expect("a=1 | rename a as1️⃣ | 2️⃣transpose", ["unexpected-text", "unsupported-command"])
    expect("* 1️⃣| | mvexpand2️⃣", ["empty-stage", "missing-argument"])
    expect("a=1 1️⃣|", ["empty-stage"])
  }

  @Test func conditionsAreLocated() {
    expect("a=1 OR1️⃣", ["missing-term"])
    expect("a=1 OR 1️⃣OR b", ["unexpected-text"])
    expect("a=1 AND 1️⃣IN (b)", ["unexpected-text"])
    expect("a NOT 1️⃣IN (b)", ["unexpected-text"])
    expect("a=1 1️⃣) b=2", ["unexpected-text"])
    expect("NOT 1️⃣(a=1 OR (b=2)", ["unclosed-parenthesis"])
    expect("a=b1️⃣=c", ["missing-field"])
    expect("a=\"b\"1️⃣*", ["joined-text"])
    expect("a IN (1 1️⃣= 2)", ["unexpected-text"])
    expect("a IN (,1️⃣)", ["empty-list"])
    expect("a IN 1️⃣(1, 2", ["unclosed-parenthesis"])
    expect("a=1 OR (b=2 1️⃣earliest=-1d)", ["misplaced-time"])
    expect("NOT 1️⃣latest=now", ["misplaced-time"])
    expect("é=1 1️⃣, b", ["unexpected-text"])
    expect("1️⃣*user=x", ["wildcard-field"])
  }

  @Test func problemsInBracketsAreFoundWithThoseOutside() {
    expect(
      "a=1 [search b OR1️⃣ | 2️⃣nonsense] | 3️⃣nonsense",
      ["missing-term", "unknown-command", "unknown-command"])
    expect("a=1 1️⃣[search b | nonsense", ["unclosed-bracket"])
    expect("a=1 1️⃣[]", ["empty-search"])
    expect("a=1 [1️⃣b=2]", ["unknown-command"])
    expect("a=1 [1️⃣stats count]", ["not-generating"])
    expect("a=1 | appendpipe [stats count | 1️⃣nonsense]", ["unknown-command"])
    expect("a 1️⃣] b", ["unexpected-text"])
    expect("* | stats count 1️⃣[search b]", ["unexpected-text"])
    expect("* | where a=1️⃣[search b]", ["unexpected-text"])
  }

  @Test func argumentsAreLocated() {
    expect("* | stats count 1️⃣count", ["repeated-column"])
    expect("* | stats count as user by 1️⃣user", ["repeated-column"])
    expect("* | stats count by a 1️⃣(b)", ["unexpected-text"])
    expect("* | stats count by1️⃣", ["unexpected-text"])
    expect("* | stats 1️⃣, count", ["unexpected-text"])
    expect("* | stats values(*) as 1️⃣all", ["rename-wildcards"])
    expect("* | stats 1️⃣perc101(x)", ["invalid-number"])
    expect("* | stats 1️⃣sparkline(count)", ["unsupported-function"])
    expect("* | stats dc1️⃣(x", ["unclosed-parenthesis"])
    expect("* | spath path=a 1️⃣path=b", ["repeated-option"])
    expect("* | spath 1️⃣a{", ["invalid-path"])
    expect("* | mvexpand a limit=1️⃣-1", ["invalid-number"])
    expect("* | rename a.* as 1️⃣b", ["rename-wildcards"])
    expect("* | convert 1️⃣mktimes(a)", ["unknown-function"])
  }
}

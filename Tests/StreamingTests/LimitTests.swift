import Events
import SPL
import Streaming
import Testing

/// What is bounded, and that it is told.
@Suite struct Limits {
  private let hard = Event(
    time: nil, fields: ListedFields(["a": .string(String(repeating: "a", count: 40) + "!")]))

  @Test func countRegularExpressionsThatAreGivenUp() throws {
    for stage in [
      #"where match(a, "(a+)+$")"#, #"regex a="(a+)+$""#, #"rex field=a "(?<x>(a+)+)$""#,
      #"eval x=replace(a, "(a+)+$", "")"#, #"rex field=a mode=sed "s/(a+)+$/x/""#,
      #"eventstats count | where match(a, "(a+)+$")"#,
    ] {
      var run = BatchRun(try plan("* | \(stage) | stats count"))
      let easy = Event(time: nil, fields: ListedFields(["a": "aaa"]))
      run.add(easy)
      #expect(run.patternLimitHits == 0, "\(stage)")
      run.add(hard)
      _ = run.finish()
      #expect(run.patternLimitHits > 0, "\(stage)")
    }
  }

  @Test func keepOneMatchFromAnother() throws {
    let one = try plan(#"* | where match(a, "(a+)+$") | stats count"#)
    let other = try plan(#"* | where match(a, "(a+)+$") | stats count"#)
    _ = contributions(of: hard, to: one)
    #expect(one.patternLimitHits == 1)
    #expect(other.patternLimitHits == 0)
  }

  @Test func boundWhatOneRowMakes() throws {
    var run = BatchRun(try plan("| makeresults | eval n=mvcount(mvrange(0, 200000)) | table n"))
    #expect(run.finish().rows == [[.null]])
    run = BatchRun(try plan("| makeresults count=200000 | stats count"))
    #expect(run.finish().rows == [[.number(.whole(100_000))]])
    run = BatchRun(try plan(#"* | eval n=printf("%9999d", 1) | table n"#))
    run.add(hard)
    #expect(run.finish().rows == [[.null]])
  }
}

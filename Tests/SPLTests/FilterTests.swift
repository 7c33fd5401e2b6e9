import Diagnostics
import Testing

@testable import SPL

@Suite struct FilterTests {
  private func codes(_ text: String) -> [String] {
    do throws(Problems) {
      _ = try SearchCompiler.parseFilter(text)
      return []
    } catch {
      return error.diagnostics.map(\.code)
    }
  }

  @Test func aFilterIsSearchTerms() throws {
    #expect(
      try SearchCompiler.parseFilter("severity=HIGH OR user=\"a b\" openssl")
        == .and([
          .or([equals("severity", "HIGH"), equals("user", "a b")]),
          .term(Pattern(literal: "openssl")),
        ]))
    #expect(try SearchCompiler.parseFilter("price=$5$") == equals("price", "$5$"))
  }

  @Test func anEmptyFilterLetsEverythingPass() throws {
    for text in ["", "  ", "*", "```nothing```"] {
      #expect(try SearchCompiler.parseFilter(text) == .everything, "\(text)")
    }
  }

  @Test func whatIsNoTermIsRefused() {
    #expect(codes("a=1 | stats count | head") == ["filter-pipe", "filter-pipe"])
    #expect(codes("`m` a=1") == ["filter-macro"])
    #expect(codes("a=1 earliest=-1h") == ["filter-time"])
    #expect(codes("a IN [search x]") == ["filter-subsearch"])
    #expect(codes("a=") == ["missing-value"])
    #expect(codes("\"a | b") == ["unclosed-quote"])
  }
}

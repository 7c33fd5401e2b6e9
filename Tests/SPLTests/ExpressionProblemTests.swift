import Diagnostics
import Testing

@testable import SPL

/// What is said of expressions before there is a row.
@Suite struct ExpressionProblemTests {
  private func codes(_ text: String) -> [String] { problems("* | " + text).map(\.code) }

  private func warnings(_ text: String) throws -> [String] {
    try SearchCompiler.compile(.init(name: "test", text: text), macros: macros).warnings.map(\.code)
  }

  @Test func valuesAreNoConditions() {
    for text in ["5", "\"x\"", "a", "len(a)", "a+1", "a . b", "-a", "strftime(a, \"%H\")"] {
      #expect(codes("where \(text)") == ["not-condition"], "\(text)")
      #expect(codes("eval x=if(\(text), 1, 2)") == ["not-condition"], "\(text)")
      #expect(codes("where NOT (\(text))") == ["not-condition"], "\(text)")
      #expect(codes("stats count by x | where a=1 OR \(text)") == ["not-condition"], "\(text)")
    }
  }

  @Test func whatMayBeAConditionIsOne() {
    for text in [
      "isnull(a)", "coalesce(a, b)", "if(a=1, true(), false())", "case(a=1, b=2)", "true()",
      "mvindex(a, 0)", "a=1 XOR b=2",
    ] {
      #expect(codes("where \(text)") == [], "\(text)")
    }
  }

  @Test func truthIsNoValueOfAField() {
    for text in ["a=1", "NOT a=1", "true()", "isnull(a)", "like(a, \"b\")", "if(a=1, b=2, c=3)"] {
      #expect(codes("eval x=\(text)") == ["truth-value"], "\(text)")
    }
    #expect(codes("eval x=if(a=1, 1, 2), y=tostring(isnull(a))") == [])
  }

  @Test func aWrittenTextIsNoNumber() {
    #expect(codes("eval x=\"five\" * 2") == ["not-number"])
    #expect(codes("eval x=2 - \"b\"") == ["not-number"])
    #expect(codes("eval x=sqrt(\"b\")") == ["not-number"])
    #expect(codes("eval x=mvindex(a, \"first\")") == ["not-number"])
    #expect(codes("eval x=\"5\" * 2, y=\"a\" + \"b\", z=round(a)") == [])
  }

  @Test func everyProblemOfAnExpressionIsFound() {
    #expect(
      codes("eval x=lowr(substr(a)), y=2 +, z=\"b\" - 1 | where a")
        == [
          "unknown-function", "function-arguments", "unexpected-text", "not-number",
          "not-condition",
        ])
  }

  @Test func everyFunctionHoldsToItsArity() {
    for function in EvalFunction.allCases {
      let arity = function.signature.arity
      let name = function.rawValue
      func call(_ count: Int) -> String {
        let fields = (0..<count).map { "f\($0)" }.joined(separator: ", ")
        return "where isnull(\(name)(\(fields)))"
      }
      #expect(codes(call(arity.lowerBound)) == [], "\(name)")
      #expect(codes(call(arity.upperBound + 1)) == ["function-arguments"], "\(name)")
      if arity.lowerBound > 0 {
        #expect(codes(call(arity.lowerBound - 1)) == ["function-arguments"], "\(name)")
      }
    }
  }

  @Test func aStarIsDoubtfulWhereItIsNoWildcard() throws {
    #expect(try warnings("* | where a=\"b*\"") == ["literal-star"])
    #expect(try warnings("* | where a IN (\"b*\", \"c\")") == ["literal-star"])
    #expect(try warnings("* | where a=\"*\" AND match(b, \"c*\") AND d>\"e*\"") == [])
  }

  @Test func aDottedNameIsDoubtfulUnlessItsPartsAreFields() throws {
    #expect(try warnings("* | eval x=a.b.c, y=lower(d.e)") == ["dotted-field", "dotted-field"])
    #expect(try warnings("* | eval x=a . b, y='a.b', z=a.\"-\".b, w=a.lower(b)") == [])
    #expect(try warnings("* | stats count by a b | eval x=a.b") == [])
    #expect(try warnings("* | stats count by a | eval x=a.b") == ["dotted-field"])
  }
}

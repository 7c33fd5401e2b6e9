import Testing

@testable import SPL

/// What expressions mean: quoting, operators and their order.
@Suite struct ExpressionTests {
  private func condition(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Expression {
    let command = try commands("* | where " + text, sourceLocation: sourceLocation).last
    guard case .where(let condition) = command else {
      Issue.record("no condition: \(text)", sourceLocation: sourceLocation)
      return .literal(.null)
    }
    return condition
  }

  private func value(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Expression {
    let command = try commands("* | eval x=" + text, sourceLocation: sourceLocation).last
    guard case .eval(let assignments) = command, assignments.count == 1 else {
      Issue.record("no value: \(text)", sourceLocation: sourceLocation)
      return .literal(.null)
    }
    return assignments[0].value
  }

  private let a = Expression.field("a")
  private let b = Expression.field("b")
  private let c = Expression.field("c")

  private func number(_ number: Double) -> Expression { .literal(.number(number)) }

  @Test func doubleQuotesHoldTextSingleQuotesAField() throws {
    #expect(
      try value("'requestParameters.portRange.to' - 'requestParameters.portRange.from'")
        == .arithmetic(
          .field("requestParameters.portRange.to"), .subtract,
          .field("requestParameters.portRange.from")))
    #expect(try value(#""a.b""#) == .literal(.text("a.b")))
    #expect(try value("'my field'") == .field("my field"))
    #expect(try value("resources{}") == .field("resources{}"))
  }

  @Test func aTextKeepsItsBackslashesButThoseBeforeQuotesAndBackslashes() throws {
    #expect(try value(#""\d+\|x\"\\""#) == .literal(.text(#"\d+\|x"\"#)))
    #expect(try value(#""a*b""#) == .literal(.text("a*b")))
  }

  @Test func numbersHaveFractionsAndExponents() throws {
    #expect(try value("5") == number(5))
    #expect(try value("0.25") == number(0.25))
    #expect(try value("1e3") == number(1_000))
    #expect(try value("2.5E-3") == number(0.0025))
    #expect(try value("-5") == .negative(number(5)))
    #expect(try value("+5") == number(5))
    #expect(try value("5.\"x\"") == .concatenation(number(5), .literal(.text("x"))))
    #expect(try condition("a<.5") == .compare(a, .less, number(0.5)))
    #expect(try value("2fa") == .field("2fa"))
  }

  @Test func andBindsStrongerThanOrAndNotStrongerThanBoth() throws {
    let (isA, isB, isC) = (
      Expression.compare(a, .equal, number(1)), Expression.compare(b, .equal, number(2)),
      Expression.compare(c, .equal, number(3))
    )
    #expect(try condition("a=1 OR b=2 AND c=3") == .or([isA, .and([isB, isC])]))
    #expect(try condition("NOT a=1 AND b=2") == .and([.not(isA), isB]))
    #expect(try condition("(a==1 or b==2) and not c==3") == .and([.or([isA, isB]), .not(isC)]))
    #expect(try condition("a=1 OR (b=2 OR c=3)") == .or([isA, isB, isC]))
    #expect(try condition("a=1 XOR b=2 OR c=3") == .or([.exclusiveOr(isA, isB), isC]))
  }

  @Test func productsBindStrongerThanSumsAndSumsThanComparisons() throws {
    #expect(
      try condition("a+b*2 >= c-1-b")
        == .compare(
          .arithmetic(a, .add, .arithmetic(b, .multiply, number(2))), .greaterOrEqual,
          .arithmetic(.arithmetic(c, .subtract, number(1)), .subtract, b)))
    #expect(
      try value("-a % b / 2")
        == .arithmetic(
          .arithmetic(.negative(a), .remainder, b), .divide, number(2)))
    #expect(
      try value("(a + b) * c") == .arithmetic(.arithmetic(a, .add, b), .multiply, c))
  }

  @Test func aDotJoinsTexts() throws {
    let joined = Expression.concatenation(.concatenation(a, .literal(.text(", "))), b)
    for text in [#"a.", ".b"#, #"a . ", " . b"#, #"(a . ", ") . b"#] {
      #expect(try value(text) == joined, "\(text)")
    }
  }

  @Test func bothEqualSignsCompare() throws {
    for sign in ["=", "=="] {
      #expect(
        try condition("a \(sign) \"No Match\"")
          == .compare(a, .equal, .literal(.text("No Match"))), "\(sign)")
    }
    #expect(try condition("a != 1") == .compare(a, .notEqual, number(1)))
  }

  @Test func likeAndInAreOperatorsAndFunctions() throws {
    for text in ["a LIKE \"x%\"", "a like \"x%\"", "like(a, \"x%\")"] {
      #expect(try condition(text) == .like(a, .literal(.text("x%"))), "\(text)")
    }
    for text in ["a IN (1, b)", "a in(1,b)", "in(a, 1, b)", "IN (a, 1, b)"] {
      #expect(try condition(text) == .within(a, [number(1), b]), "\(text)")
    }
    #expect(try condition("NOT a IN (1)") == .not(.within(a, [number(1)])))
  }

  @Test func constantsAreFunctions() throws {
    #expect(try value("null()") == .literal(.null))
    #expect(
      try value("if(true(), 1, 2)")
        == .conditional(.literal(.truth(true)), then: number(1), else: number(2)))
    #expect(try value("null") == .field("null"))
  }

  @Test func functionsTakeTheirNamesInAnyCase() throws {
    #expect(try value("LOWER(a)") == .call(.lower, [a]))
    #expect(try value("ceil ( 1.5 )") == .call(.ceiling, [number(1.5)]))
    #expect(
      try value("relative_time(now(), \"-1d@d\")")
        == .call(.relativeTime, [.call(.now, []), .literal(.text("-1d@d"))]))
    #expect(try value("len") == .field("len"))
  }

  @Test func casesAreBranches() throws {
    let branches = [
      Expression.Branch(.compare(a, .greater, number(1)), b),
      Expression.Branch(.literal(.truth(true)), .literal(.text("none"))),
    ]
    #expect(try value("case(a>1, b, true(), \"none\")") == .cases(branches))
    #expect(try value("validate(a>1, b, true(), \"none\")") == .validate(branches))
  }

  @Test func multivalueFunctionsNameTheirField() throws {
    #expect(
      try value("mvmap('a.b', 'a.b' . \"x\")")
        == .multivalueMap("a.b", .concatenation(.field("a.b"), .literal(.text("x")))))
    #expect(
      try value("mvfilter(match(a, \"x\") OR a=\"y\")")
        == .multivalueFilter(
          "a",
          .or([
            .call(.match, [a, .literal(.text("x"))]),
            .compare(a, .equal, .literal(.text("y"))),
          ])))
  }

  @Test func aSearchWithinAnExpressionHasTheOrderOfSearch() throws {
    #expect(
      try condition(#"searchmatch("a=1 b=2 OR \"x y\"")"#)
        == .searchMatch(
          .and([equals("a", "1"), .or([equals("b", "2"), .term(Pattern(literal: "x y"))])])))
  }

  @Test func expressionsBeginAndEndWhereTheirCommandDoes() throws {
    let table = MacroTable([
      Macro(name: "big", arguments: ["f"], definition: "'$f$' > 5-1"),
      Macro(name: "cut", definition: "where a-1 > 2 | search x-y=a.b"),
    ])
    let difference = Expression.arithmetic(number(5), .subtract, number(1))
    #expect(
      try commands("* | where `big(my.size)` AND a=1 | `cut`", macros: table).dropFirst() == [
        .where(
          .and([
            .compare(.field("my.size"), .greater, difference), .compare(a, .equal, number(1)),
          ])),
        .where(.compare(.arithmetic(a, .subtract, number(1)), .greater, number(2))),
        .search(equals("x-y", "a.b"), .none),
      ])
  }

  @Test func aTokenIsATextInAnExpression() throws {
    let command = try commands(
      "* | where user=\"$user$\" AND name=$user$", tokens: .values(["user": "a\" OR \"1"])
    ).last
    let value = Expression.literal(.text("a\" OR \"1"))
    #expect(
      command
        == .where(
          .and([
            .compare(.field("user"), .equal, value), .compare(.field("name"), .equal, value),
          ])))
  }
}

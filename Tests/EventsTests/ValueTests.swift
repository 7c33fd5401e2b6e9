import Events
import Testing

@Suite struct ValueTests {
  @Test func noneIsNullAndOneIsItself() {
    #expect(Value([Value]()) == .null)
    #expect(Value(["a"]) == "a")
    #expect(Value(["a", "b"]) == .many(["a", "b"]))
    #expect(Value.many(["a", "b"]).each == ["a", "b"])
    #expect(Value.null.each == [] && Value.string("a").each == ["a"])
  }

  @Test func nullDiffersFromEmptyText() {
    #expect(Value.null.isNull && !Value.string("").isNull)
    #expect(Value.null.text == nil && Value.string("").text == "")
  }

  @Test func manyValuesAreLinesOfOneText() {
    #expect(Value.many(["a", .number(.whole(3))]).text == "a\n3")
    #expect(Value.many(["1", "2"]).number == nil)
  }

  @Test func readsNumbers() {
    let numbers: [(Text, Number?)] = [
      ("12", .whole(12)), ("-3", .whole(-3)), ("+5", .whole(5)), ("3.0", .whole(3)),
      ("-3.5", .real(-3.5)), ("6.02e23", .real(6.02e23)), ("1E2", .whole(100)),
      ("9007199254740993", .whole(9_007_199_254_740_993)), (".5", .real(0.5)),
      ("", nil), (" 1", nil), ("0x10", nil), ("1e400", nil), ("nan", nil), ("inf", nil),
      ("e5", nil), ("1-2", nil), ("1.2.3", nil), ("-", nil), ("١", nil),
    ]
    for (text, number) in numbers { #expect(Number(text) == number, "\(text)") }
  }

  @Test func writesNumbersInPlainDigitsWhereTheyDo() {
    let numbers: [(Double, String)] = [
      (3, "3"), (0.25, "0.25"), (-0.0, "0"), (0.00001, "0.00001"), (-0.000012, "-0.000012"),
      (1.5e19, "15000000000000000000"), (-1e20, "-100000000000000000000"),
      (1.2345678901234568e20, "123456789012345680000"), (1e21, "1e+21"), (1e-7, "1e-07"),
      (6.02e23, "6.02e+23"), (0.1, "0.1"),
    ]
    for (number, text) in numbers { #expect(Number(number).description == text, "\(number)") }
  }

  @Test func whatIsWrittenReadsAsTheSameNumber() {
    for number in [1e15 + 0.5, 1.7e-6, 3.25e20, -9.5e-5, 1e100, 5e-300] {
      #expect(Number(Text(Number(number).description)) == Number(number))
    }
  }

  @Test func ordersWholeAndRealNumbers() {
    #expect(Number.whole(2) < Number(2.5) && Number(2.5) < Number.whole(3))
    #expect(Number.whole(.max - 1) < Number.whole(.max))
  }
}

import CellGrid
import SafeText
import Testing

struct DrawingTests {
  @Test func boxesHaveATitleAndANote() {
    var canvas = Canvas(Frame(Size(width: 34, height: 3)))
    canvas.box(canvas.bounds, title: "Findings", detail: ["806 open"], note: "1 of 9")
    #expect(
      canvas.frame.textPlane == """
        ╭ Findings ── 806 open ──────────╮
        │                                │
        ╰─────────────────────── 1 of 9 ─╯
        """)
    var plain = Canvas(Frame(Size(width: 12, height: 3), repertoire: .ascii))
    plain.box(plain.bounds, title: "A rather long title")
    #expect(
      plain.frame.textPlane == """
        + A rathe~ +
        |          |
        +----------+
        """)
  }

  @Test func barsAreDrawnInEighths() {
    func bar(_ value: Int, isASCII: Bool = false) -> String {
      Bars.bar(value, of: 16, width: 4, isASCII: isASCII)
    }
    #expect(bar(0) == "")
    #expect(bar(16) == "████")
    #expect(bar(9) == "██▎")
    #expect(bar(1000) == "████")
    #expect(bar(8, isASCII: true) == "##")
    #expect(Bars.bar(1, of: 1_000_000, width: 4, isASCII: false) == "▏", "a little is not nothing")
  }

  @Test func sparklinesShowTheNewestAtTheRight() {
    #expect(Bars.sparkline([0, 1, 4, 8], width: 4, isASCII: false) == "▁▂▅█")
    #expect(Bars.sparkline([0, 0, 0, 0, 5, 5], width: 3, isASCII: false) == "▁▁█")
    #expect(Bars.sparkline([0, 8], width: 2, isASCII: true) == "_#")
    #expect(Bars.sparkline([], width: 2, isASCII: true) == "")
    #expect(Bars.sparkline([1, 2], width: 0, isASCII: false) == "")
  }

  @Test func columnsGrowByWorthAndDropByWorth() {
    let columns = [
      ColumnWidths(4...10, worth: 9, takesRest: true), ColumnWidths(4, worth: 5),
      ColumnWidths(4...6, worth: 7),
    ]
    func widths(_ width: Int) -> [Int] { TableLayout(columns, width: width).places.map(\.width) }
    #expect(widths(16) == [4, 4, 4])
    #expect(widths(24) == [10, 4, 6])
    #expect(widths(30) == [16, 4, 6], "what no column needs goes where it is asked for")
    #expect(widths(15) == [9, 4], "the column of least worth is dropped")
    #expect(TableLayout(columns, width: 15).places.map(\.column) == [0, 2])
    #expect(widths(3) == [3], "the worthiest is kept, however little room there is")
  }

  @Test func lastColumnsOfATableGiveWay() {
    let columns = [
      ColumnWidths(6, worth: 0), ColumnWidths(20, worth: -1), ColumnWidths(9, worth: -2),
    ]
    let layout = TableLayout(columns, width: 20, dropping: .last)
    #expect(layout.places.map(\.width) == [6, 12])
  }
}

import Events
import Export
import Testing

@Suite struct ExportedRows {
  private func table(_ columns: [String], _ rows: [[Value]]) -> Table {
    Table(columns: columns.map { Text($0) }, rows: rows)
  }

  private func text(_ format: TableFormat, _ table: Table) -> String {
    format.text(of: [SearchResult(searchName: "a", table: table)])
  }

  @Test func ndjsonKeepsTheColumnsInTheirOrder() {
    let rows = table(["user", "count"], [["test", .number(.whole(2))]])
    #expect(text(.ndjson, rows) == #"{"user":"test","count":2}"# + "\n")
  }

  @Test func ndjsonLeavesNullOutAndWritesManyAsAnArray() {
    let rows = table(["a", "b"], [[.null, .many(["x", "y"])]])
    #expect(text(.ndjson, rows) == #"{"b":["x","y"]}"# + "\n")
  }

  @Test func aNumberInARecordStaysAString() {
    #expect(text(.ndjson, table(["port"], [["22"]])) == #"{"port":"22"}"# + "\n")
  }

  @Test func jsonEscapesWhatATerminalWouldObey() {
    let rows = table(["a"], [[.string("\u{1B}[2J \u{9B}1m \u{202E}x \u{200B} é \u{E0041}")]])
    #expect(
      text(.ndjson, rows)
        == #"{"a":"\u001b[2J \u009b1m \u202ex \u200b é \udb40\udc41"}"# + "\n")
  }

  @Test func severalSearchesNameThemselvesFirst() {
    let results = ["one", "two"].map { name in
      SearchResult(searchName: name, table: table(["a"], [[.string(name)]]))
    }
    #expect(
      TableFormat.ndjson.text(of: results)
        == """
        {"search_name":"one","a":"one"}
        {"search_name":"two","a":"two"}

        """)
    #expect(TableFormat.csv.text(of: results) == "one\na\r\none\r\n\ntwo\na\r\ntwo\r\n")
  }

  @Test func jsonIsOneArray() {
    let rows = table(["a"], [["1"], ["2"]])
    #expect(text(.json, rows) == "[\n  {\"a\":\"1\"},\n  {\"a\":\"2\"}\n]\n")
    #expect(text(.json, table(["a"], [])) == "[]\n")
  }

  @Test func csvQuotesByTheRuleAndJoinsValuesByLineFeeds() {
    let rows = table(["a", "b"], [[.string("say \"hi\", twice"), .many(["x", "y"])]])
    #expect(text(.csv, rows) == "a,b\r\n\"say \"\"hi\"\", twice\",\"x\ny\"\r\n")
  }

  @Test(arguments: ["=1+1", "+x", "-x", "@sum", "\tx", "＝1", "\nx"])
  func csvGuardsFormulas(field: String) {
    let line = text(.csv, table(["a"], [[.string(field)]]))
    #expect(line.contains("'" + field))
  }

  @Test(arguments: ["-5", "-0.25", "12", "a=b"])
  func csvLeavesPlainValuesAlone(field: String) {
    #expect(text(.csv, table(["a"], [[.string(field)]])) == "a\r\n\(field)\r\n")
  }

  @Test func csvShowsWhatATerminalWouldObey() {
    let line = text(.csv, table(["a"], [[.string("x\u{1B}]0;owned\u{7}\u{9B}2J\u{202E}é")]]))
    #expect(line == "a\r\nx^[]0;owned^G<9B>2J<202E>é\r\n")
  }

  @Test func theTableSaysOnceWhatIsTheSameInEveryRow() {
    let rows = table(
      ["user", "finding", "count"],
      [
        ["test", "CVE-1", .number(.whole(1))], ["test", "CVE-2000", .number(.whole(12))],
      ])
    #expect(
      text(.table, rows)
        == """
        user  test

        finding   count
        CVE-1     1
        CVE-2000  12
        2 rows

        """)
  }

  @Test func theTableShowsHostileTextNeutralised() {
    let shown = text(.table, table(["a"], [["x\u{1B}[31m"]]))
    #expect(!shown.utf8.contains(0x1B))
    #expect(shown.contains("^["))
  }
}

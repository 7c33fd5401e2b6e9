import Events
import Testing

@Suite struct TableTests {
  @Test func looksAValueUpByRowAndColumn() {
    let table = Table(columns: ["user", "count"], rows: [["a", "1"], ["b", .null]])
    #expect(table.value(0, "count") == "1")
    #expect(table.value(1, "count") == .null)
    #expect(table.value(0, "User") == .null)
  }

  @Test func listedFieldsLeaveNullsOut() {
    let fields = ListedFields(["a": "1", "b": .null])
    #expect(fields.names == ["a"])
    let event = Event(time: nil, fields: fields)
    #expect(event.value(of: "a") == "1" && event.value(of: "b") == .null)
  }
}

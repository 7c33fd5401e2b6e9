import JSON
import Testing

@Suite struct JSONLeavesTests {
  private func leaves(_ text: String) throws -> [String] {
    JSONLeaves(of: try value(text)).fields
      .map { "\($0.path)=\($0.values.compactMap(\.text).joined(separator: ","))" }
  }

  @Test func groupsLeavesByPathInTheOrderOfTheFirst() throws {
    let text = #"""
      {"name":"CVE","attributes":[{"key":"a","value":"1"},{"key":"b","value":"2"}],"n":3,
       "t":true,"deep":[[1],[2,3]]}
      """#
    let expected = [
      "name=CVE", "attributes{}.key=a,b", "attributes{}.value=1,2", "n=3", "t=true",
      "deep{}{}=1,2,3",
    ]
    #expect(try leaves(text) == expected)
  }

  @Test func nullAndEmptyHaveNoLeaf() throws {
    #expect(try leaves(#"{"a":null,"b":[],"c":{},"d":[null],"e":[{}],"f":""}"#) == ["f="])
  }

  @Test func namesAnArrayAtTheRootByBraces() throws {
    #expect(try leaves(#"[{"a":1},2]"#) == ["{}.a=1", "{}=2"])
    #expect(try leaves("7") == [])
  }

  @Test func samePathsBySeveralKeysAreOneField() throws {
    #expect(try leaves(#"{"a.b":1,"a":{"b":2}}"#) == ["a.b=1,2"])
  }

  @Test func wideObjectsInAnyOrderShareTheirPaths() throws {
    let keys = (0..<500).map { "key\($0)" }
    let elements = [keys, keys.reversed(), Array(keys[200...] + keys[..<200])]
      .map { "{\($0.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ","))}" }
    let fields = JSONLeaves(of: try value("[\(elements.joined(separator: ","))]")).fields
    #expect(fields.map(\.path) == keys.map { "{}.\($0)" })
    #expect(fields.map { $0.values.map(\.text) } == keys.map { [$0, $0, $0] })
  }

  @Test func keysAreOneHoweverTheyAreSpelled() throws {
    #expect(try leaves(#"[{"a":1,"ü":2},{"\u0061":3,"\u00fc":4}]"#) == ["{}.a=1,3", "{}.ü=2,4"])
  }

  @Test func keepsKeysApartThatAreOnlyCanonicallyEqual() throws {
    #expect(try leaves("{\"e\u{301}\":1,\"\u{E9}\":2}").count == 2)
  }

  @Test func pathsFindTheLeavesThatTheyName() throws {
    let text = #"{"a":{"b":[{"c":1},{"c":[2,{"d":3}]}]},"x.y":{"z":[4]},"":{"q":5}}"#
    let root = try value(text)
    for field in JSONLeaves(of: root).fields {
      let found = JSONPath(field.path, braces: .arraysOnly).values(in: root).filter(\.isLeaf)
      #expect(found.map(\.raw) == field.values.map(\.raw), "\(field.path)")
    }
  }
}

import JSON
import Testing

@Suite struct JSONPathTests {
  private let record = #"""
    {"a":{"b":{"c":1}},"list":[{"n":"x","tags":["p","q"]},{"n":"y"},{"m":0}],
     "deep":[[1,2],[3]],"none":null,"empty":[]}
    """#

  private func texts(
    _ path: String, in text: String, _ braces: JSONPath.Braces = .acceptObjects
  )
    throws -> [String?]
  {
    JSONPath(path, braces: braces).values(in: try value(text)).map(\.text)
  }

  @Test func readsSplunksNotation() throws {
    let cases: [(String, [String?])] = [
      ("a.b.c", ["1"]), ("a.b", [#"{"c":1}"#]), ("list{}.n", ["x", "y"]), ("list{1}.n", ["y"]),
      ("list{}.tags{}", ["p", "q"]), ("list{0}.tags{1}", ["q"]), ("deep{}{}", ["1", "2", "3"]),
      ("deep{1}{0}", ["3"]), ("none", [nil]), ("empty{}", []), ("list{9}.n", []),
      ("list.n", []), ("a.x", []), ("a.b.c.d", []), ("list{0}", [#"{"n":"x","tags":["p","q"]}"#]),
      ("list{99999999999999999999}.n", []),
    ]
    for (path, expected) in cases { #expect(try texts(path, in: record) == expected, "\(path)") }
  }

  @Test func readsBracesOfAnObjectAsTheObject() throws {
    #expect(try texts("a{}.b{0}.c", in: record) == ["1"])
    #expect(try texts("a{1}.b", in: record) == [])
    #expect(try texts("a{}.b.c", in: record, .arraysOnly) == [])
    #expect(try texts("list{}.n", in: record, .arraysOnly) == ["x", "y"])
  }

  @Test func readsAnArrayAtTheRoot() throws {
    #expect(try texts("{}.a", in: #"[{"a":1},{"a":2}]"#) == ["1", "2"])
    #expect(try texts("{1}", in: "[1,2]") == ["2"])
  }

  @Test func findsKeysThatHoldDotsAndBraces() throws {
    let object = #"{"a.b":1,"a":{"b":2,"b.c":{"d":3}},"x{y}":4,"l.m":[5,6],"e{}f":{"g":7}}"#
    let cases: [(String, [String?])] = [
      ("a.b", ["1", "2"]), ("a.b.c.d", ["3"]), ("x{y}", ["4"]), ("l.m{}", ["5", "6"]),
      ("e{}f.g", ["7"]),
    ]
    for (path, expected) in cases { #expect(try texts(path, in: object) == expected, "\(path)") }
  }

  @Test func everyTextIsAPath() throws {
    let paths = ["", ".", "..", "{", "}", "{}", "a{", "a{}b", "{}{}{}", "a..b", "{-1}", "é.{}"]
    for path in paths { _ = JSONPath(path).values(in: try value(record)) }
    #expect(try texts("", in: #"{"":1}"#) == ["1"])
    #expect(try texts(".a", in: #"{"":{"a":2}}"#) == ["2"])
  }
}

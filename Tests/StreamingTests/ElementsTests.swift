import Events
import JSON
import Streaming
import Testing

/// Elements are taken out of a record where it was read already, and else out of its text.
@Suite("Elements of a record")
struct ElementsTests {
  /// The same fields, with the document that they are of at hand.
  private final class ReadLine: FieldSource, JSONTextSource {
    private let line: JSONLineFields
    private let root: JSONValue

    init(_ text: String) throws {
      line = try JSONLineFields(text)
      root = try JSONDocument(Array(text.utf8)).root
    }

    func value(of field: Text) -> Value { line.value(of: field) }
    var names: [Text] { line.names }
    func jsonValue(ofField name: String) -> JSONValue? { name == "_raw" ? root : nil }
  }

  private let lines = [
    #"{"u":"x","l":[{"s":"HIGH","n":1},{"s":"LOW","n":2},{"s":"high","n":[3,4]}]}"#,
    #"{"u":"x","l":[{"s":"HIGH","u":"own"}]}"#, #"{"u":"x","l":[]}"#, #"{"u":"x"}"#,
    #"{"u":"x","l":[null,"{\"s\":\"HIGH\",\"n\":5}",7,[{"s":"HIGH"}],{"s":"HIGH","s":"LOW"}]}"#,
    #"{"u":"x","f":"below","l":[{"s":"HIGH","f":"inner"},{"s":"HIGH","a.b":1,"a":{"b":2}}]}"#,
    #"{"u":"x","l":{"s":"HIGH","n":1}}"#, #"{"u":"x","l":"HIGH"}"#, #"{"u":"x","l":[[],{}]}"#,
    #"{"u":"\u00e9","l":[{"s":"\u0048IGH","n":"\ud800"},{"s":"HIGH","n":"a\"b"}]}"#,
  ]

  @Test func areTheSameFromTheDocumentAndFromTheText() throws {
    let chain = "search u=* | spath path=l{} output=f | mvexpand f LIMIT | spath input=f"
    for limit in ["", "limit=2", "limit=0"] {
      for end in [
        " | search s=HIGH | rename n as number, u as user | rename user as who"
          + " | stats count values(number) as n by who f s",
        " | table u f s n a.b f.s", " | search NOT s=LOW | stats count by n",
      ] {
        let text = chain.replacing("LIMIT", with: limit) + end
        for exact in [false, true] {
          let plan = try plan(text, PlanSettings(exact: exact))
          for line in lines {
            var known = BatchRun(plan)
            known.add(Event(time: nil, fields: try ReadLine(line)))
            var read = BatchRun(plan)
            read.add(Event(time: nil, fields: try JSONLineFields(line)))
            #expect(known.finish() == read.finish(), "\(text) of \(line)")
          }
        }
      }
    }
  }

  @Test func ofLongTextsAreCutAsSplunkCutsThem() throws {
    let long = String(repeating: "x", count: 6000)
    let line = #"{"u":"x","l":[{"s":"HIGH","t":"\#(long)","n":1},{"s":"HIGH","n":2}]}"#
    let plan = try plan(
      "search u=* | spath path=l{} output=f | mvexpand f | spath input=f | stats count by s n",
      PlanSettings(exact: true))
    var run = BatchRun(plan)
    run.add(Event(time: nil, fields: try ReadLine(line)))
    #expect(run.finish().rows == [["HIGH", "2", .number(.whole(1))]])
  }
}

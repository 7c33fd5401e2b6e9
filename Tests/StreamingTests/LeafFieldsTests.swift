import Events
import JSON
import TestSupport
import Testing

@testable import Streaming

@Suite("Leaves that are looked for when asked")
struct LeafFieldsTests {
  private let texts = [
    #"{"a":1,"b":{"c":"x","d":[1,2,{"e":"y"}]},"n":null,"t":true,"o":{},"l":[]}"#,
    #"{"a.b":1,"a":{"b":2,"c{}":3},"c":[{"d":"p"},{"d":"q"}],"":{"x":1}}"#,
    #"{"a":1,"a":"two","k":{"z":1},"k":{"z":2,"y":[[1],[2,3]]}}"#,
    #"[1,{"a":2},[3]]"#, #"{"0":{"a":1},"a{0}":5,"a":["u","v"]}"#, "[]", "{}",
  ]

  @Test func areTheLeavesThatAreListed() throws {
    for text in texts {
      let document = try JSONDocument(Array(text.utf8))
      let listed = Leaves(of: .string(text), limit: nil).fields
      let below = ListedFields(["a": "below", "a{0}": "below", "other": "below"])
      let lazily = LeafFields(of: document.root, above: below)
      let eagerly = MergedLeafFields(listed, above: below)
      #expect(Set(lazily.names) == Set(eagerly.names), "\(text)")
      for name in listed.keys + ["a", "a{0}", "b", "b.d", "b.d{}", "l", "n", "other", "c{1}.d"] {
        #expect(lazily.value(of: name) == eagerly.value(of: name), "\(name) of \(text)")
      }
    }
  }
}

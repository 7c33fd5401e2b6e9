import Diagnostics
import Events
import SPL
import Streaming
import Testing

@testable import DetectionEngine

@Suite("Which rules a call matters to")
struct CallDispatchTests {
  private func dispatch(_ searches: [String]) throws -> CallDispatch {
    CallDispatch(
      try searches.map { text in
        let source = SourceText(name: "test", text: text)
        return try Plan(SearchCompiler.compile(source, macros: MacroTable())).needles
      })
  }

  private func event(_ name: String?) -> Event {
    Event(
      time: nil, fields: ListedFields(name.map { ["eventName": .string($0)] } ?? [:]))
  }

  @Test func areThoseThatAskForItAndThoseThatAskForNone() throws {
    let dispatch = try dispatch([
      "eventName=PutImage | stats count", "userAgent=*kali* | stats count",
      "eventName IN (PutImage, \"Delete*\") | stats count", "eventName=*Image | stats count",
      "signature=PutImage | stats count",
    ])
    #expect(dispatch.rules(for: event("PutImage")) == [0, 1, 2, 3, 4])
    #expect(dispatch.rules(for: event("PUTIMAGE")) == [0, 1, 2, 3, 4])
    #expect(dispatch.rules(for: event("DeleteUser")) == [1, 2, 4])
    #expect(dispatch.rules(for: event("BatchGetImage")) == [1, 3, 4])
    #expect(dispatch.rules(for: event("Pu")) == [1, 4])
    #expect(dispatch.rules(for: event(nil)) == [1, 4])
  }

  @Test func isTheOneRuleWhereThereIsOne() throws {
    #expect(try dispatch(["eventName=PutImage"]).rules(for: event(nil)) == [0])
  }
}

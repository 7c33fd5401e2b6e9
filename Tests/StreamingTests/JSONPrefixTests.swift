import Events
import TestSupport
import Testing

@testable import Streaming

@Suite struct JSONPrefixes {
  @Test func holdWholeValuesOfTheTextOnly() {
    let text: Text = #"{"a":"x,}","b":[1,{"c":"y\"]"},[]],"d":{"e":{"f":null,"é":true}},"g":-1.5}"#
    let whole = Leaves(of: .text(text), limit: nil).fields
    var seen: Set<Int> = []
    for characters in 0...text.string.unicodeScalars.count {
      let cut = Leaves(of: .text(text), limit: characters).fields
      for (field, value) in cut {
        let all = whole[field]?.each ?? []
        #expect(all.starts(with: value.each), "cut at \(characters): \(field)")
      }
      seen.insert(cut.count)
    }
    #expect(Leaves(of: .text(text), limit: 10_000).fields == whole)
    #expect(seen.count >= 4)
  }
}

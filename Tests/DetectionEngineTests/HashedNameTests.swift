import Testing

@testable import DetectionEngine

@Suite("Hashed names")
struct HashedNameTests {
  @Test func partsDoNotRunIntoEachOther() {
    let names = [
      hashedName(["a", "bc"]), hashedName(["ab", "c"]), hashedName(["abc"]),
      hashedName(["abc", ""]), hashedName(["", "abc"]),
    ]
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.count == 32 })
    #expect(hashedName([nil]) != hashedName([[]]))
  }

  @Test func aNameStaysTheSame() {
    // Ids are in stores and reports: what makes them must not change between versions.
    #expect(hashedName(["row", "x"]) == "effccb9317ad969deea62560a62abfce")
  }
}

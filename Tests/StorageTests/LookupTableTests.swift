import Events
import Findings
import Storage
import Testing

@Suite("Lookup tables in the store")
struct LookupTableTests {
  private func window(_ hour: Int64) -> Window {
    Window(containing: Timestamp(seconds: 1_000_000_000 + hour * 3600))
  }

  private func commit(_ versions: [LookupVersion], to store: Store) throws {
    var changes = Changes()
    changes.lookups = versions
    try store.commit(changes)
  }

  @Test func aTableIsWhatTheNewestWindowBeforeMadeOfIt() throws {
    let store = try Store.temporary()
    #expect(try store.lookupTable("seen", before: nil) == nil)
    try commit(
      [2, 4].map { LookupVersion(name: "seen", window: window($0), table: [1, UInt8($0)]) },
      to: store)
    #expect(try store.lookupTable("seen", before: nil) == [1, 4])
    #expect(try store.lookupTable("seen", before: window(4)) == [1, 2])
    #expect(try store.lookupTable("seen", before: window(2)) == nil)
    #expect(try store.lookupTable("others", before: nil) == nil)
    try commit([LookupVersion(name: "seen", window: window(4), table: nil)], to: store)
    #expect(try store.lookupTable("seen", before: nil) == [1, 2])
  }

  @Test func theNewestVersionsAreKept() throws {
    let store = try Store.temporary()
    let large = [UInt8](repeating: 7, count: 5000)
    for hour in Int64(0)..<200 {
      try commit(
        [LookupVersion(name: "seen", window: window(hour), table: large + [UInt8(hour)])],
        to: store)
    }
    #expect(try store.lookupTable("seen", before: nil) == large + [199])
    #expect(try store.lookupTable("seen", before: window(33)) == large + [32])
    #expect(try store.lookupTable("seen", before: window(32)) == nil)
  }

  @Test func groupsOfAWindowComeTogetherAndAreForgottenByName() throws {
    let store = try Store.temporary()
    var changes = Changes()
    for (hour, key) in [(Int64(0), UInt8(1)), (0, 2), (1, 3)] {
      changes.groups[GroupID(plan: "p", window: window(hour), key: [key])] = [1, key]
    }
    try store.commit(changes)
    #expect(
      try store.groups(of: "p", in: window(0)).values.sorted { $0[1] < $1[1] } == [
        [1, 1], [1, 2],
      ])
    #expect(try store.groups(of: "q", in: window(0)).isEmpty)
    var later = Changes()
    later.forgotten = [GroupID(plan: "p", window: window(0), key: [2])]
    try store.commit(later)
    #expect(try Array(store.groups(of: "p", in: window(0)).values) == [[1, 1]])
  }
}

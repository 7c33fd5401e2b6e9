import Findings
import Testing

@testable import Storage

@Suite struct StoreTests {
  @Test func temporaryStoreIsEmpty() throws {
    let store = try Store.temporary()
    #expect(try store.files().isEmpty)
    #expect(store.access == .writer)
  }
}

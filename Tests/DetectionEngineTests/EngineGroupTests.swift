import Events
import Findings
import Streaming
import Testing

@testable import DetectionEngine

@Suite("Group state")
struct EngineGroupTests {
  @Test func bytesGiveTheSameGroupAgain() throws {
    var group = try Self.group()
    group.isContested = true
    #expect(try EngineGroup(decoding: group.encode()) == group)
    group.hasRow = true
    #expect(try EngineGroup(decoding: group.encode()) == group)
  }

  @Test func anyCutIsDamageAndNeverATrap() throws {
    let bytes = try Self.group().encode()
    for count in bytes.indices {
      #expect(throws: StreamingProblem.self, "\(count)") {
        try EngineGroup(decoding: Array(bytes.prefix(count)))
      }
    }
    #expect(throws: StreamingProblem.unknownVersion(9)) {
      try EngineGroup(decoding: [9] + bytes.dropFirst())
    }
  }

  @Test func theCacheIsBoundedAndKeepsTheNewest() throws {
    var cache = GroupCache(limit: 10)
    let group = try Self.group()
    for number in UInt8(0)..<100 {
      cache.keep(group, as: .init(plan: "p", window: Self.window, key: [number]))
      #expect(cache.count <= 10)
    }
    #expect(cache.group(.init(plan: "p", window: Self.window, key: [99])) != nil)
    #expect(cache.group(.init(plan: "p", window: Self.window, key: [0])) == nil)
  }

  private static let window = Window(containing: Scan.noon)

  private static func group() throws -> EngineGroup {
    let plan = try EngineRule(Floor.builtIn()).plan
    var group: EngineGroup?
    plan.contributions(of: Scan().event) { outcome in
      guard case .contribution(let contribution) = outcome else { return }
      var one = group ?? EngineGroup(key: contribution.key, state: plan.emptyState)
      one.add(contribution, of: .init(time: Scan.noon, hash: [1, 2, 3]), cap: 20)
      group = one
    }
    return try #require(group)
  }
}

import Events
import Findings

/// Groups of rules that wait for their windows to close, as the ledger keeps them: for a plan the
/// windows that are waited for, and for each of those the groups.
struct PendingGroups {
  let ledger: any Ledger
  /// What has changed, to be committed with the rest.
  private(set) var changed: [GroupID: [UInt8]] = [:]

  init(ledger: any Ledger) { self.ledger = ledger }

  /// Remembers a group until its window closes.
  mutating func add(_ id: GroupID) throws {
    try insert(id.key, into: Self.groups(of: id.plan, in: id.window))
    try insert(id.window.bytes, into: Self.windows(of: id.plan))
  }

  /// The windows of a plan that wait.
  func windows(of plan: String) throws -> [Window] {
    try items(of: Self.windows(of: plan), length: 8).map { bytes in
      let seconds = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Window(start: Timestamp(seconds: Int64(bitPattern: seconds)))
    }
  }

  /// Takes the groups of a window that has closed.
  mutating func take(_ plan: String, _ window: Window) throws -> [GroupID] {
    let ids = try items(of: Self.groups(of: plan, in: window), length: 16).map {
      GroupID(plan: plan, window: window, key: $0)
    }
    changed[Self.groups(of: plan, in: window)] = [Self.formatVersion]
    let left = try items(of: Self.windows(of: plan), length: 8).filter { $0 != window.bytes }
    changed[Self.windows(of: plan)] = [Self.formatVersion] + left.flatMap(\.self)
    return ids
  }

  private static let formatVersion: UInt8 = 1

  /// Shorter than the name of any group.
  private static func groups(of plan: String, in window: Window) -> GroupID {
    GroupID(plan: plan, window: window, key: Array("~groups".utf8))
  }

  private static func windows(of plan: String) -> GroupID {
    let everything = Window(start: Timestamp(seconds: 0))
    return GroupID(plan: plan, window: everything, key: Array("~windows".utf8))
  }

  private mutating func insert(_ item: [UInt8], into id: GroupID) throws {
    let known = try items(of: id, length: item.count)
    guard !known.contains(item) else { return }
    changed[id] = [Self.formatVersion] + known.flatMap(\.self) + item
  }

  private func items(of id: GroupID, length: Int) throws -> [[UInt8]] {
    let bytes = try changed[id] ?? ledger.group(id) ?? [Self.formatVersion]
    return stride(from: 1, through: bytes.count - length, by: length).map {
      Array(bytes[$0..<$0 + length])
    }
  }
}

import Events
import Findings

/// The rows that a window of a plan has, as the ledger remembers them: rows that it has no more
/// are withdrawn.
struct StandingRows {
  private let id: GroupID
  private let before: Set<String>

  init(of plan: String, in window: Window, _ ledger: any Ledger) throws {
    id = GroupID(plan: plan, window: window, key: Array("~rows".utf8))
    before = try ledger.group(id).map(Self.digits) ?? []
  }

  var isEmpty: Bool { before.isEmpty }

  /// Puts the window's rows in place of those that it had.
  ///
  /// - Returns: How many more there are now.
  func replace(with rows: [ResultRow], in changes: inout Changes) -> Int {
    let now = Set(rows.map(\.id.digits))
    changes.rows += rows
    changes.withdrawn += before.subtracting(now).sorted().map { RowID(digits: $0) }
    if now != before {
      changes.groups[id] =
        [Self.formatVersion] + Array(now.sorted().joined(separator: " ").utf8)
    }
    return now.count - before.count
  }

  private static let formatVersion: UInt8 = 1

  private static func digits(_ bytes: [UInt8]) -> Set<String> {
    Set(String(decoding: bytes.dropFirst(), as: UTF8.self).split(separator: " ").map(String.init))
  }
}

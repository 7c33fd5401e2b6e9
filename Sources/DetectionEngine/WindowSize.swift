import Events
import Findings
import Streaming

/// How many groups a plan has in a window, and which are followed where there are too many.
///
/// Followed are the groups whose names, which are hashes, begin with so many zero bits that at most
/// the limit are left. That depends on the groups alone and not on the order in which they come: a
/// followed group has been followed from its first event on.
struct WindowSize: Equatable {
  /// Groups that are followed.
  private(set) var count = 0
  /// Zero bits that their names begin with.
  private(set) var zeroBits = 0

  static func id(of plan: String, in window: Window) -> GroupID {
    GroupID(plan: plan, window: window, key: Array("~size".utf8))
  }

  init() {}

  init(of plan: String, in window: Window, _ ledger: any Ledger) throws {
    guard let bytes = try ledger.group(Self.id(of: plan, in: window)) else {
      self.init()
      return
    }
    do throws(StreamingProblem) {
      try self.init(decoding: bytes)
    } catch {
      throw EngineProblem.account(error)
    }
  }

  /// Whether groups have been left out.
  var isApproximate: Bool { zeroBits > 0 }

  /// What rows of the window are marked with.
  var marks: [String] { isApproximate ? [Self.mark] : [] }

  static let mark = "approximate: too many groups in its hour"

  func follows(_ group: GroupID) -> Bool {
    var zeros = 0
    for byte in group.key {
      zeros += byte.leadingZeroBitCount
      if byte != 0 || zeros >= zeroBits { break }
    }
    return zeros >= zeroBits
  }

  mutating func add() { count += 1 }

  /// Follows about half of the groups that were followed; those that are left out are answered.
  mutating func halve(_ groups: Set<GroupID>) -> [GroupID] {
    zeroBits += 1
    let left = groups.filter { !follows($0) }
    count = groups.count - left.count
    return Array(left)
  }
}

extension WindowSize {
  private static let formatVersion: UInt8 = 1

  func encode() -> [UInt8] {
    var bytes = [Self.formatVersion, UInt8(zeroBits)]
    bytes.append(number: UInt64(count))
    return bytes
  }

  init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    guard bytes.count > 2 else { throw .damaged }
    guard bytes[0] == Self.formatVersion else { throw .unknownVersion(bytes[0]) }
    zeroBits = Int(bytes[1])
    var rest = bytes[2...]
    count = Int(truncatingIfNeeded: try rest.takeNumber())
  }
}

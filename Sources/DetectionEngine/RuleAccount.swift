package import Events
package import Findings
import Streaming

/// What the store remembers of a rule's plan: since when it has run, and its counters.
package struct RuleAccount: Equatable, Sendable {
  /// From when on records were read with the rule; nil where that is all that were ever read.
  package var since: Timestamp?
  package var counters = RuleCounters()

  package init(since: Timestamp?) { self.since = since }

  /// The account of a plan; nil where it has never run on this state.
  package static func of(_ plan: String, in ledger: any Ledger) throws -> RuleAccount? {
    guard let bytes = try ledger.group(id(of: plan)) else { return nil }
    do throws(StreamingProblem) {
      return try RuleAccount(decoding: bytes)
    } catch {
      throw EngineProblem.account(error)
    }
  }

  /// Among the group state, with a key that no group has.
  static func id(of plan: String) -> GroupID {
    GroupID(plan: plan, window: Window(start: Timestamp(seconds: 0)), key: Array("~account".utf8))
  }
}

extension RuleAccount {
  private static let formatVersion: UInt8 = 2
  /// Without what was left out.
  private static let olderVersion: UInt8 = 1

  func encode() -> [UInt8] {
    var bytes: [UInt8] = [Self.formatVersion, since == nil ? 0 : 1]
    let numbers = [
      counters.rows, counters.records, counters.duplicates, counters.contested, counters.late,
      counters.truncated, counters.leftOut, counters.patternLimits, counters.cappedWindows,
      counters.dropped.count,
    ]
    bytes.append(number: UInt64(bitPattern: since?.seconds ?? 0))
    for number in numbers { bytes.append(number: UInt64(bitPattern: Int64(number))) }
    for (field, count) in counters.dropped.sorted(by: { $0.key < $1.key }) {
      bytes.append(counted: Array(field.string.utf8))
      bytes.append(number: UInt64(count))
    }
    return bytes
  }

  init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    guard bytes.count > 2 else { throw .damaged }
    guard [Self.formatVersion, Self.olderVersion].contains(bytes[0]) else {
      throw .unknownVersion(bytes[0])
    }
    var rest = bytes[2...]
    func whole() throws(StreamingProblem) -> Int {
      Int(truncatingIfNeeded: Int64(bitPattern: try rest.takeNumber()))
    }
    let seconds = Int64(try whole())
    since = bytes[1] == 0 ? nil : Timestamp(seconds: seconds)
    counters.rows = try whole()
    counters.records = try whole()
    counters.duplicates = try whole()
    counters.contested = try whole()
    counters.late = try whole()
    counters.truncated = try whole()
    if bytes[0] == Self.formatVersion {
      counters.leftOut = try whole()
      counters.patternLimits = try whole()
      counters.cappedWindows = try whole()
    }
    for _ in 0..<min(try whole(), bytes.count) {
      let field = Text(utf8: try rest.takeCounted()[...])
      counters.dropped[field] = try whole()
    }
  }
}

/// Which plans have run so far, as the ledger keeps it: a rule that was off for a while has not
/// seen everything.
struct RunningPlans {
  private static let id = GroupID(
    plan: "", window: Window(start: Timestamp(seconds: 0)), key: Array("~running".utf8))
  private static let formatVersion: UInt8 = 1

  /// Nil where nothing has ever run on the ledger.
  static func last(in ledger: any Ledger) throws -> Set<String>? {
    guard let bytes = try ledger.group(id) else { return nil }
    return Set(
      String(decoding: bytes.dropFirst(), as: UTF8.self).split(separator: "\n").map(String.init))
  }

  static func change(to plans: Set<String>) -> (GroupID, [UInt8]) {
    (id, [formatVersion] + Array(plans.sorted().joined(separator: "\n").utf8))
  }
}

import Events
import Streaming

/// Which of many rules a record can matter to, told by the call that it records.
///
/// A rule that asks for calls is looked at only where the record's `eventName` holds one of its
/// runs; one that does not, always.
struct CallDispatch: Sendable {
  /// Asked of nearly every record, so that the fewest bytes that are worth a look are hashed.
  private static let prefix = 3

  private struct Entry {
    let run: [UInt8]
    let rule: Int
  }

  private let count: Int
  private let always: [Int]
  /// By the first bytes of their runs; every run has at least so many.
  private let entries: [UInt32: [Entry]]

  init(_ needles: [Needles]) {
    count = needles.count
    var always: [Int] = []
    var entries: [UInt32: [Entry]] = [:]
    for (rule, needles) in needles.enumerated() {
      guard let calls = needles.calls, calls.allSatisfy({ $0.count >= Self.prefix }) else {
        always.append(rule)
        continue
      }
      for run in calls {
        entries[Self.mark(run, 0), default: []].append(Entry(run: run, rule: rule))
      }
    }
    self.always = always
    self.entries = entries
  }

  /// The rules to look at, in their order.
  func rules(for event: Event) -> [Int] {
    guard count > 1, !entries.isEmpty else { return Array(0..<count) }
    let name = event.value(of: "eventName").text.map { $0.foldingASCIICase } ?? ""
    let bytes = Array(name.string.utf8)
    var found = Set<Int>()
    for place in 0..<max(0, bytes.count - Self.prefix + 1) {
      for entry in entries[Self.mark(bytes, place)] ?? []
      where bytes[place...].starts(with: entry.run) {
        found.insert(entry.rule)
      }
    }
    return (always + found).sorted()
  }

  private static func mark(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
  }
}

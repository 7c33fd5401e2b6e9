import Events
import Findings
import Streaming

/// Windows of a plan whose rows have to be made again of all groups, as the ledger keeps them.
///
/// A plan whose rows depend on earlier windows keeps those that are up to date too: they may have
/// to be made again because of an earlier one.
struct ChangedWindows: Equatable {
  /// The windows, and whether their rows are to be made again.
  private(set) var isChanged: [Window: Bool] = [:]

  static func id(of plan: String) -> GroupID {
    GroupID(plan: plan, window: Window(start: Timestamp(seconds: 0)), key: Array("~windows".utf8))
  }

  init() {}

  /// What the ledger has of a plan.
  init(of plan: String, in ledger: any Ledger) throws {
    guard let bytes = try ledger.group(Self.id(of: plan)) else {
      self.init()
      return
    }
    do throws(StreamingProblem) {
      try self.init(decoding: bytes)
    } catch {
      throw EngineProblem.account(error)
    }
  }

  /// The earliest window that is to be made again.
  var first: Window? { isChanged.lazy.filter(\.value).map(\.key).min() }

  mutating func insert(_ window: Window) { isChanged[window] = true }

  /// Has all known windows after one made again.
  mutating func insertAll(after window: Window) {
    for later in isChanged.keys where later > window { isChanged[later] = true }
  }

  /// The window's rows are up to date; it is remembered where `keeps`.
  mutating func settle(_ window: Window, keeps: Bool) { isChanged[window] = keeps ? false : nil }
}

extension ChangedWindows {
  private static let formatVersion: UInt8 = 2
  /// Windows that wait, without what became of them.
  private static let olderVersion: UInt8 = 1

  func encode() -> [UInt8] {
    var bytes = [Self.formatVersion]
    for (window, isChanged) in isChanged.sorted(by: { $0.key < $1.key }) {
      bytes += window.bytes + [isChanged ? 1 : 0]
    }
    return bytes
  }

  init(decoding bytes: [UInt8]) throws(StreamingProblem) {
    guard let version = bytes.first else { throw .damaged }
    guard [Self.formatVersion, Self.olderVersion].contains(version) else {
      throw .unknownVersion(version)
    }
    var rest = bytes[1...]
    while !rest.isEmpty {
      let start = Timestamp(seconds: Int64(bitPattern: try rest.takeNumber()))
      guard let flag = version == Self.olderVersion ? 1 : rest.popFirst() else { throw .damaged }
      isChanged[Window(start: start)] = flag != 0
    }
  }
}

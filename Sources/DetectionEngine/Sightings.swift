import Events
import Findings

/// A record seen by a plan in a window.
struct Sighting: Hashable {
  var plan: String
  var window: Window
  /// Empty where the record has none.
  let eventID: String
  var contentHash: [UInt8]

  init(plan: String, window: Window, record: RecordIdentity) {
    self.plan = plan
    self.window = window
    eventID = Self.comparable(record.eventID?.string ?? "")
    contentHash = record.contentHash
  }

  /// An id as it is, if it is short and ASCII, as AWS's are; else a hash of it.
  ///
  /// Ids come from records, and strings compare by canonical equivalence: two that differ in bytes
  /// must stay two.
  private static func comparable(_ eventID: String) -> String {
    let bytes = eventID.bytes
    return bytes.count <= 64 && bytes.allSatisfy { $0 < 0x80 } ? eventID : hashedName([bytes])
  }

  /// What says that exactly this record was counted.
  var exact: SeenRecord {
    SeenRecord(plan: plan, window: window, eventID: eventID, contentHash: contentHash)
  }

  /// What says that some record of this eventID was counted; nil without one.
  var ofEventID: SeenRecord? {
    eventID.isEmpty
      ? nil : SeenRecord(plan: plan, window: window, eventID: eventID, contentHash: [])
  }
}

/// Tells first copies of records from second ones, and forged copies from both.
///
/// Two records of one eventID and different content are two events, since a forged copy must not
/// hide the true one. To mark both, the groups that an eventID counted in are kept under its name
/// among the group state.
struct Sightings {
  enum Verdict: Equatable {
    case first
    case duplicate
    /// Counted, but other content of the same eventID was counted in these groups.
    case contested([GroupID])
  }

  let ledger: any Ledger
  private var known: Set<SeenRecord> = []
  /// What was not in the ledger.
  private(set) var new: [SeenRecord] = []
  /// For each eventID of `new`, which groups it counted in.
  private(set) var indexes: [GroupID: [UInt8]] = [:]

  init(ledger: any Ledger) { self.ledger = ledger }

  /// Asks the ledger for all that a batch is about, in one question.
  mutating func lookUp(_ sightings: [Sighting]) throws {
    guard !sightings.isEmpty else { return }
    var asked = Set(sightings.map(\.exact))
    asked.formUnion(sightings.compactMap(\.ofEventID))
    known = try ledger.seen(Array(asked))
  }

  mutating func record(_ sighting: Sighting, groups: [GroupID]) throws -> Verdict {
    guard known.insert(sighting.exact).inserted else { return .duplicate }
    new.append(sighting.exact)
    guard let ofEventID = sighting.ofEventID else { return .first }
    let index = GroupID(
      plan: sighting.plan, window: sighting.window,
      key: [Self.indexTag] + hashedBytes([Array(sighting.eventID.utf8)]))
    let isFirst = known.insert(ofEventID).inserted
    if isFirst { new.append(ofEventID) }
    guard !isFirst else {
      indexes[index] = [Self.formatVersion] + groups.prefix(Self.mostNamed).flatMap(\.key)
      return .first
    }
    let before = try indexes[index] ?? ledger.group(index) ?? [Self.formatVersion]
    // They are marked now: whatever else comes has only itself to mark, however often it comes.
    indexes[index] = [Self.formatVersion]
    return .contested(self.groups(in: before, of: index))
  }

  /// Makes the key one byte longer than that of any group.
  private static let indexTag = UInt8(ascii: "#")
  private static let formatVersion: UInt8 = 1
  private static let nameLength = 16
  /// Of a record that counts in more groups, the others are not marked when it is contested.
  private static let mostNamed = 10_000

  private func groups(in bytes: [UInt8], of index: GroupID) -> [GroupID] {
    let names = bytes.dropFirst()
    return stride(from: names.startIndex, to: names.endIndex, by: Self.nameLength).map { start in
      GroupID(
        plan: index.plan, window: index.window,
        key: Array(names[start..<min(start + Self.nameLength, names.endIndex)]))
    }
  }
}

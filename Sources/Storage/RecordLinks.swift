internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// Ways between records: which amends which, which tell of one action, which contest an eventID.
struct RecordLinks {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// Notes what a record that was just stored speaks of.
  func write(_ record: StoredRecord) throws {
    for (kind, name) in [("amends", record.amends), ("shares", record.sharedID)] {
      guard let name else { continue }
      try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO record_links (hash, kind, name) VALUES (?, ?, ?)"
      ).execute(arguments: [Data(record.contentHash), kind, StoredText.encode(name)])
    }
  }

  /// The links of a record, in the order of their kinds.
  func links(of hash: [UInt8]) throws -> [RecordLink] {
    let data = Data(hash)
    let own = try Row.fetchAll(
      database, sql: "SELECT kind, name FROM record_links WHERE hash = ? ORDER BY kind, name",
      arguments: [data]
    ).map { (kind: $0[0] as String, name: $0[1] as String) }
    var links: [RecordLink] = []
    for amended in own where amended.kind == "amends" {
      let name = StoredText.decode(amended.name)
      let found = try named(amended.name, except: data)
      links += found.map { link(.amends, hash, $0, name) }
      if found.isEmpty {
        links.append(RecordLink(kind: .amends, from: hash, to: nil, name: name))
      }
    }
    let event = try String.fetchOne(
      database, sql: "SELECT event FROM records WHERE hash = ?", arguments: [data])
    if let event {
      links += try speaking("amends", event, except: data).map { row in
        link(.amendedBy, hash, row, (row[2] as String?).map(StoredText.decode) ?? "")
      }
    }
    for shared in own where shared.kind == "shares" {
      links += try speaking("shares", shared.name, except: data).map { row in
        link(.shares, hash, row, (row[2] as String?).map(StoredText.decode) ?? "")
      }
    }
    if let event {
      links += try named(event, except: data).map {
        link(.contests, hash, $0, StoredText.decode(event))
      }
    }
    return links
  }

  private static let most = 20

  private func link(
    _ kind: RecordLink.Kind, _ hash: [UInt8], _ other: Row, _ name: String
  ) -> RecordLink {
    RecordLink(
      kind: kind, from: hash, to: [UInt8](other[0] as Data), name: name,
      time: Timestamp(seconds: other[1]))
  }

  /// Other records of an eventID.
  private func named(_ event: String, except hash: Data) throws -> [Row] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT hash, time, event FROM records WHERE event = ? AND hash <> ?
        ORDER BY time, hash LIMIT \(RecordLinks.most)
        """, arguments: [event, hash])
  }

  /// Other records that speak of a name.
  private func speaking(_ kind: String, _ name: String, except hash: Data) throws -> [Row] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT r.hash, r.time, r.event FROM record_links l JOIN records r ON r.hash = l.hash
        WHERE l.kind = ? AND l.name = ? AND l.hash <> ?
        ORDER BY r.time, r.hash LIMIT \(RecordLinks.most)
        """, arguments: [kind, name, hash])
  }
}

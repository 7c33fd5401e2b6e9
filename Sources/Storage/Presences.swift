internal import Events
internal import Findings
internal import Foundation
internal import GRDB

/// Whether findings are still in their images, by the scans of a repository.
///
/// A tag is followed from image to image; an image that never had a tag stands for itself.
struct Presences {
  private let database: Database
  private let end: Int64
  private var bodies: [Int64: Set<UInt64>] = [:]
  private var places: [Int64: [Place]] = [:]

  /// By scans that were completed up to then.
  init(_ database: Database, until end: Timestamp) {
    self.database = database
    self.end = end.seconds
  }

  /// A finding's number, its name and identity, the number of its repository's name, and those of
  /// its images.
  struct Subject {
    var name: String
    var identity: [String]
    var repository: Int64
    var images: Set<Int64>
  }

  mutating func presence(of subject: Subject) throws -> Presence {
    let name = ScanBody.hash(subject.name)
    var found: Set<Presence> = []
    for place in try known(subject.repository) where place.isNamed(in: subject.identity) {
      for line in place.lines(of: subject.images) {
        found.insert(try presence(of: name, in: line))
      }
    }
    return Presences.sum(found)
  }

  /// Of several tags: what one still has is not gone, and what no scan denies is not gone either.
  static func sum(_ found: Set<Presence>) -> Presence {
    if found.contains(.stillThere) { return .stillThere }
    if found.contains(.new) { return .new }
    let open = found.compactMap { presence -> (Int, Int)? in
      if case .incomplete(let seen, let all) = presence { (seen, all) } else { nil }
    }
    if let (seen, all) = open.max(by: { $0 < $1 }) { return .incomplete(seen: seen, of: all) }
    return found == [.gone] ? .gone : .unknown
  }

  private mutating func presence(of name: UInt64, in line: [ScanFact]) throws -> Presence {
    guard let newest = line.lastIndex(where: \.isComplete) else {
      guard let last = line.last, let all = last.all else { return .unknown }
      return .incomplete(seen: last.seen, of: all)
    }
    if try names(line[newest].number).contains(name) {
      guard let before = line[..<newest].last(where: \.isComplete) else { return .stillThere }
      return try names(before.number).contains(name) ? .stillThere : .new
    }
    let isSeenSince = try line[(newest + 1)...].contains { try names($0.number).contains(name) }
    return isSeenSince ? .new : .gone
  }

  private mutating func names(_ scan: Int64) throws -> Set<UInt64> {
    if let known = bodies[scan] { return known }
    let find = try database.cachedStatement(sql: "SELECT body FROM scan_bodies WHERE scan = ?")
    let names = try Data.fetchOne(find, arguments: [scan]).map { try ScanBody(decoding: $0).names }
    bodies[scan] = names ?? []
    return names ?? []
  }

  private mutating func known(_ repository: Int64) throws -> [Place] {
    if let known = places[repository] { return known }
    let read = try Place.read(database, repository, until: end)
    places[repository] = read
    return read
  }
}

/// A scan, but for what it found.
struct ScanFact: Equatable {
  var number: Int64
  var image: Int64
  var completed: Int64
  var seen: Int
  var all: Int?
  var isComplete: Bool
}

/// An image under a tag, first and last.
struct TagFact: Equatable {
  var tag: Int64
  var image: Int64
  var first: Int64
  var last: Int64
}

/// A repository of one registry: its scans, by the tags of their images.
struct Place {
  let account: String
  let region: String
  /// The earliest first.
  let scans: [ScanFact]
  let tags: [TagFact]

  /// Whether a finding's identity tells it apart from places of the same repository name elsewhere.
  func isNamed(in identity: [String]) -> Bool {
    [account, region].allSatisfy { part in
      part.isEmpty || identity.contains { $0.utf8.elementsEqual(part.utf8) }
    }
  }

  /// The scans of each tag that one of the images has had, and of each image that never had one.
  func lines(of images: Set<Int64>) -> [[ScanFact]] {
    let named = Set(tags.filter { images.contains($0.image) }.map(\.tag))
    let tagged = Set(tags.map(\.image))
    return named.map(scans(of:))
      + images.subtracting(tagged).map { image in scans.filter { $0.image == image } }
  }

  private func scans(of tag: Int64) -> [ScanFact] {
    let facts = tags.filter { $0.tag == tag }
    return scans.filter { scan in
      guard let own = facts.first(where: { $0.image == scan.image }) else { return false }
      // Once the tag has gone on to another image, what is found in this one is not the tag's.
      return !facts.contains { other in
        other.image != own.image
          && [other.first, other.last].contains { own.last < $0 && $0 <= scan.completed }
      }
    }
  }

  static func read(_ database: Database, _ repository: Int64, until end: Int64) throws -> [Place] {
    var scans: [[Int64]: [ScanFact]] = [:]
    let scanRows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT account, region, pk, image, completed, seen, total, is_complete FROM scans
          WHERE repository = ? AND completed <= ?
          ORDER BY completed, (SELECT text FROM terms WHERE id = image)
          """), arguments: [repository, end])
    for row in scanRows {
      scans[[row[0], row[1]], default: []].append(
        ScanFact(
          number: row[2], image: row[3], completed: row[4], seen: row[5], all: row[6],
          isComplete: row[7]))
    }
    var tags: [[Int64]: [TagFact]] = [:]
    let tagRows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT account, region, tag, image, first, min(last, ?2) FROM image_tags
          WHERE repository = ?1 AND first <= ?2
          """), arguments: [repository, end])
    for row in tagRows {
      tags[[row[0], row[1]], default: []].append(
        TagFact(tag: row[2], image: row[3], first: row[4], last: row[5]))
    }
    let names = try TermNames(database, scans.keys.flatMap { $0 })
    return scans.map { key, scans in
      Place(
        account: names[key[0]] ?? "", region: names[key[1]] ?? "", scans: scans,
        tags: tags[key] ?? [])
    }
  }
}

internal import Events
internal import Findings
internal import GRDB

/// A triage as the columns of its table and as a blob of the history.
enum StoredTriage {
  static let columns = "status, owner, urgency, disposition, comment, by, at"

  static func values(_ triage: Triage) -> [(any DatabaseValueConvertible)?] {
    [
      triage.status.rawValue, triage.owner.map(StoredText.encode), triage.urgency?.rawValue,
      triage.disposition.rawValue, triage.comment.map(StoredText.encode),
      triage.by.map(StoredText.encode), triage.at?.seconds,
    ]
  }

  /// The triage in the columns from `start` on.
  static func triage(_ row: Row, from start: Int) throws -> Triage {
    guard let status = TriageStatus(rawValue: row[start]),
      let disposition = Disposition(rawValue: row[start + 3])
    else { throw BlobReader.damage("triage") }
    func text(_ index: Int) -> String? { (row[start + index] as String?).map(StoredText.decode) }
    return Triage(
      status: status, owner: text(1), urgency: text(2).flatMap(Urgency.init(rawValue:)),
      disposition: disposition, comment: text(4), by: text(5),
      at: (row[start + 6] as Int64?).map { Timestamp(seconds: $0) })
  }

  static func blob(_ triage: Triage) -> BlobWriter {
    var blob = BlobWriter()
    let texts = [
      triage.status.rawValue, triage.owner, triage.urgency?.rawValue,
      triage.disposition.rawValue, triage.comment, triage.by,
    ]
    for text in texts { blob.value(text.map { .string($0) } ?? .null) }
    blob.value(triage.at.map { .number(.whole($0.seconds)) } ?? .null)
    return blob
  }

  static func triage(_ blob: BlobReader) throws -> Triage {
    var reader = blob
    func text() throws -> String? { try reader.value().text?.string }
    guard let status = try text().flatMap(TriageStatus.init(rawValue:)) else {
      throw BlobReader.damage("triage")
    }
    let owner = try text()
    let urgency = try text().flatMap(Urgency.init(rawValue:))
    guard let disposition = try text().flatMap(Disposition.init(rawValue:)) else {
      throw BlobReader.damage("triage")
    }
    var triage = Triage(
      status: status, owner: owner, urgency: urgency, disposition: disposition,
      comment: try text(), by: try text())
    if case .number(.whole(let seconds)) = try reader.value() {
      triage.at = Timestamp(seconds: seconds)
    }
    return triage
  }
}

/// A cause as a word and what belongs to it.
extension TriageEntry.Cause {
  var stored: (word: String, detail: DatabaseValue) {
    switch self {
    case .move: ("move", .null)
    case .undo(let number): ("undo", number.databaseValue)
    case .newImage(let image): ("image", StoredText.encode(image).databaseValue)
    case .imported: ("import", .null)
    }
  }

  init(word: String, detail: DatabaseValue) throws {
    switch word {
    case "move": self = .move
    case "undo": self = .undo(of: Int64.fromDatabaseValue(detail) ?? 0)
    case "image":
      self = .newImage(StoredText.decode(String.fromDatabaseValue(detail) ?? ""))
    case "import": self = .imported
    default: throw BlobReader.damage("cause")
    }
  }
}

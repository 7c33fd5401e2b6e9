internal import Events
internal import Findings
internal import GRDB

/// Tags, newest push and newest scan of images in their repositories, up to a time.
struct ImageOrigins {
  private let database: Database
  private let end: Int64

  init(_ database: Database, until end: Timestamp) {
    self.database = database
    self.end = end.seconds
  }

  /// Of an image in the repositories of that name, or in all.
  func origin(of image: String, in repository: String?) throws -> ImageOrigin {
    let arguments: StatementArguments = [
      StoredText.encode(image), repository.map(StoredText.encode), end,
    ]
    var origin = ImageOrigin()
    origin.tags = try String.fetchAll(
      statement(
        """
        SELECT DISTINCT t.text FROM image_tags x JOIN terms t ON t.id = x.tag
        WHERE x.first <= ?3 AND \(ImageOrigins.isMeant) ORDER BY t.text
        """), arguments: arguments
    ).map(StoredText.decode)
    origin.scan = try Row.fetchOne(
      statement(
        """
        SELECT completed, seen, total, is_complete FROM scans x
        WHERE x.completed <= ?3 AND \(ImageOrigins.isMeant)
        ORDER BY completed DESC, is_complete DESC, seen DESC LIMIT 1
        """), arguments: arguments
    ).map { row in
      ScanExtent(
        completed: Timestamp(seconds: row[0]), seen: row[1], all: row[2], isComplete: row[3])
    }
    origin.push = try Row.fetchOne(
      statement(
        """
        SELECT (SELECT text FROM terms WHERE id = x.account),
          (SELECT text FROM terms WHERE id = x.region),
          (SELECT text FROM terms WHERE id = x.repository),
          (SELECT text FROM terms WHERE id = x.tag) AS tag,
          (SELECT text FROM terms WHERE id = x.user) AS user, x.time FROM pushes x
        WHERE x.time <= ?3 AND \(ImageOrigins.isMeant) ORDER BY x.time DESC, tag, user LIMIT 1
        """), arguments: arguments
    ).map { row in
      let place = ImagePlace(
        account: StoredText.decode(row[0]), region: StoredText.decode(row[1]),
        repository: StoredText.decode(row[2]))
      return ImagePush(
        place: place, image: image, tag: (row[3] as String?).map(StoredText.decode),
        user: (row[4] as String?).map(StoredText.decode), time: Timestamp(seconds: row[5]))
    }
    return origin
  }

  /// Who pushed images that have a finding, by the newest push of each; sorted by bytes.
  func pushers(ofImagesWith selection: Selection) throws -> [String] {
    try selection.rows(
      database,
      """
      SELECT DISTINCT t.text FROM pushes x JOIN terms t ON t.id = x.user
      WHERE x.time <= :to AND (x.image, x.repository) IN (
        SELECT r.image, r.repository FROM rows r WHERE \(selection.inRange))
      ORDER BY t.text
      """
    ).map { StoredText.decode($0[0]) }
  }

  private static let isMeant = """
    x.image = (SELECT id FROM terms WHERE text = ?1)
    AND (?2 IS NULL OR x.repository = (SELECT id FROM terms WHERE text = ?2))
    """

  private func statement(_ sql: String) throws -> Statement {
    try database.cachedStatement(sql: sql)
  }
}

internal import GRDB

/// Numbers of images in their repositories, each given once.
final class ImagePlaces {
  private struct Place: Hashable {
    var image: Int64
    /// 0 for none.
    var repository: Int64
  }

  private let find: RawStatement
  private let add: RawStatement
  private var known: [Place: Int64] = [:]
  /// Rows of one record are of one image.
  private var recent: (place: Place, number: Int64)?

  init(_ database: Database) throws {
    find = try RawStatement(
      database, "SELECT pk FROM image_places WHERE image = ? AND repository = ?")
    add = try RawStatement(
      database, "INSERT INTO image_places (image, repository) VALUES (?, ?)")
  }

  func number(of image: Int64, in repository: Int64?) throws -> Int64 {
    let place = Place(image: image, repository: repository ?? 0)
    if let recent, recent.place == place { return recent.number }
    let number = try known[place] ?? stored(place)
    known[place] = number
    recent = (place, number)
    return number
  }

  private func stored(_ place: Place) throws -> Int64 {
    for statement in [find, add] {
      statement.bind(place.image, at: 1)
      statement.bind(place.repository, at: 2)
    }
    if let number = try find.first({ $0.number(0) }) { return number }
    try add.run()
    return add.insertedRow
  }
}

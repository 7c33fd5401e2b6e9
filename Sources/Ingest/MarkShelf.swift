/// Marks of files that are not being followed: from earlier runs, or gone in this one.
struct MarkShelf {
  private var byPath: [String: ReadMark]
  private var pathByID: [FileID: String]

  init(_ marks: [String: ReadMark]) {
    byPath = marks
    pathByID = Dictionary(marks.map { ($0.value.id, $0.key) }, uniquingKeysWith: min)
  }

  mutating func put(_ mark: ReadMark, path: String) {
    byPath[path] = mark
    pathByID[mark.id] = path
  }

  /// The mark of a file: by its number if it was renamed while nobody looked, else by its path.
  ///
  /// A mark of another file at that path is only lent: that file may turn up elsewhere. Whether
  /// the mark is true of the file at all is for its reader to find out.
  mutating func take(path: String, id: FileID) -> (mark: ReadMark, formerPath: String?)? {
    if let mark = byPath[path], mark.id == id {
      remove(path, id)
      return (mark, nil)
    }
    if let other = pathByID[id], let mark = byPath[other] {
      remove(other, id)
      return (mark, other)
    }
    return byPath[path].map { ($0, nil) }
  }

  /// Every mark, by path.
  var all: [String: ReadMark] { byPath }

  private mutating func remove(_ path: String, _ id: FileID) {
    byPath[path] = nil
    pathByID[id] = nil
  }
}

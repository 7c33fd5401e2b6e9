/// Marks of files that are not being followed: from earlier runs, or gone in this one.
struct MarkShelf {
  /// What is known of a file that was met.
  struct Found {
    /// Marks that may speak of it, those of its number first, the furthest one of them at the front.
    var marks: [ReadMark]
    /// Another path, where the first mark lay.
    var formerPath: String?
    /// The other file whose mark lies at the path.
    var displaced: FileID?
  }

  private var byPath: [String: ReadMark]
  /// A killed run may leave several marks of a file that was renamed.
  private var pathsByID: [FileID: Set<String>] = [:]

  init(_ marks: [String: ReadMark]) {
    byPath = marks
    for (path, mark) in marks { pathsByID[mark.id, default: []].insert(path) }
  }

  mutating func put(_ mark: ReadMark, path: String) {
    if let old = byPath[path], old.id != mark.id { pathsByID[old.id]?.remove(path) }
    byPath[path] = mark
    pathsByID[mark.id, default: []].insert(path)
  }

  /// The marks of a file: by its number if it was renamed while nobody looked, and by its path.
  ///
  /// A mark of another file at that path is only lent: that file may turn up elsewhere. Which of
  /// the marks are true of the file is for its reader to find out.
  mutating func take(path: String, id: FileID) -> Found? {
    var own = (pathsByID.removeValue(forKey: id) ?? []).compactMap { path in
      byPath[path].map { (path: path, mark: $0) }
    }
    own.sort { $1.mark.isBehind($0.mark) || (!$0.mark.isBehind($1.mark) && $0.path < $1.path) }
    let lent = byPath[path].flatMap { $0.id == id ? nil : $0 }
    let marks = own.map(\.mark) + (lent.map { [$0] } ?? [])
    guard !marks.isEmpty else { return nil }
    // Those at other paths stay, for the sink to be told that nothing is there.
    for taken in own where taken.path == path || taken.path == own[0].path {
      byPath[taken.path] = nil
    }
    let former = own.first.flatMap { $0.path == path ? nil : $0.path }
    return Found(marks: marks, formerPath: former, displaced: lent?.id)
  }

  /// Moves the mark of a file from a path that another one has taken, and says what it is.
  mutating func move(_ id: FileID, from path: String, to newPath: String) -> ReadMark? {
    guard let mark = byPath[path], mark.id == id else { return nil }
    byPath[path] = nil
    pathsByID[id]?.remove(path)
    put(mark, path: newPath)
    return mark
  }

  /// Whether there is a mark of the file of that number.
  func holds(_ id: FileID) -> Bool { pathsByID[id]?.isEmpty == false }

  /// Every mark, by path.
  var all: [String: ReadMark] { byPath }
}

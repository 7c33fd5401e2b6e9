internal import Events
internal import Ingest

/// Files by name, to find the copies of an object.
struct FileIndex {
  private let byName: [Text: [ArchivedFile]]

  init(_ files: [ArchivedFile]) {
    byName = Dictionary(grouping: files) { $0.name }
  }

  /// Whether a file lies where a copy of the object would.
  func holds(_ object: ObjectName) -> Bool {
    let name = object.name
    return [name, name.droppingGzipSuffix].contains { name in
      byName[name, default: []].contains(where: object.mayLie)
    }
  }
}

extension ArchivedFile {
  /// The last component of the path.
  var name: Text { Text(lastComponentOf: path) }
}

extension Text {
  /// What comes after the last slash of a path or a key.
  init(lastComponentOf path: String) {
    self.init(utf8: path.utf8.reversed().prefix { $0 != 0x2f }.reversed())
  }

  /// The name that a file has once it is unpacked.
  var droppingGzipSuffix: Text {
    string.utf8.suffix(3).elementsEqual(".gz".utf8) ? Text(String(string.dropLast(3))) : self
  }
}

internal import Compression

/// Every file under some paths, CloudTrail's digests among them, for those who check logs and do
/// not read their records.
package struct Archive: Sendable {
  /// In the order of the paths, and of names within a directory; each path once.
  package let files: [ArchivedFile]
  package let unreadable: [ReadOnce.Unreadable]

  package init(paths: [String]) {
    var tree = FileTree(Kernel(), isArchive: true)
    var files: [ArchivedFile] = []
    var met: Set<FilePath> = []
    for path in paths {
      let root = FilePath(path)
      let count = tree.files.count
      tree.add(root: root)
      files += tree.files[count...].filter { met.insert($0.path).inserted }
        .map { ArchivedFile($0, root: root) }
    }
    self.files = files
    unreadable = tree.troubles.map {
      ReadOnce.Unreadable(path: $0.path.shown, reason: $0.problem.sentence)
    }
  }
}

/// A file of an archive: where it is, and what it holds once inflated.
package struct ArchivedFile: Sendable {
  /// For people, and to compare: bytes that are no UTF-8 read `\xC0`.
  package let path: String
  /// What comes below the path that was asked for; of a file asked for, its name.
  package let relativePath: String
  /// Bytes on disk.
  package let size: Int64
  /// What the system told of it when it was listed: the same again where nobody wrote to it.
  package let stamp: ArchiveStamp

  private let place: FilePath
  private static let chunkSize = 256 << 10

  init(_ found: FileTree.Found, root: FilePath) {
    place = found.path
    path = found.path.shown
    size = found.facts.size
    stamp = ArchiveStamp(found.facts)
    let below = place.bytes.dropFirst(root.bytes.count).drop { $0 == 0x2f }
    relativePath = FilePath(bytes: Array(below.isEmpty ? place.name : below)).shown
  }

  /// Hands the file's bytes to `body` piece by piece, those of gzip inflated: every member.
  package func read(_ body: (UnsafeRawBufferPointer) -> Void) throws(IngestProblem) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkSize, alignment: 16)
    defer { buffer.deallocate() }
    let source = try source()
    while true {
      let count = try source.read(into: buffer)
      if count == 0 { return }
      body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The stamp as it is now; nil where the file is no longer there.
  package var currentStamp: ArchiveStamp? {
    // Whatever the reason, it is not what was listed.
    (try? Kernel().facts(of: place, followingLinks: true)).map(ArchiveStamp.init)
  }

  /// All of the file, inflated; nil where that is more than `limit` bytes.
  package func contents(limit: Int) throws(IngestProblem) -> [UInt8]? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkSize, alignment: 16)
    defer { buffer.deallocate() }
    let source = try source()
    var bytes: [UInt8] = []
    while true {
      let count = try source.read(into: buffer)
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else { return nil }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  private func source() throws(IngestProblem) -> any ByteSource {
    let file = try Kernel().open(place)
    let isGzip = try file.bytes(at: 0, count: 2).withUnsafeBytes { GzipStream.isMember($0, at: 0) }
    return isGzip ? GzipSource(file) : FileSource(file, at: 0)
  }
}

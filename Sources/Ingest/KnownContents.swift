internal import Workers

/// What was read under other names: so that a copy of it is recognised and read no second time.
///
/// Documents are known by the SHA-256 of the whole file. Logs that `copytruncate` has copied are
/// known by the head and the block before the offset, and only to a file whose name goes on from
/// the log's own (`app.log.1` from `app.log`): two strangers with equal ends are never confused.
final class KnownContents: Sendable {
  /// How far a log was read, and by what that part of it is recognised.
  struct Prefix: Sendable, Equatable {
    var offset: Int64
    var place: LinePlace
    var headHash: UInt64
    var blockHash: UInt64
  }

  private struct Books: Sendable {
    var documents: [[UInt8]: String] = [:]
    /// What a reader has in its hands, to be known or not when it is done.
    var beingRead: Set<[UInt8]> = []
    /// Of each log the newest prefix, and the last one before it was cut.
    var logs: [String: [Prefix]] = [:]
  }

  private let books = Shared(Books())

  init(_ marks: [String: ReadMark]) {
    for (path, mark) in marks { note(mark, path: path) }
  }

  /// Remembers what a settled mark says of the file at that path.
  func note(_ mark: ReadMark, path: String) {
    guard mark.offset > 0 else { return }
    books.withLock { books in
      if !mark.content.isEmpty { books.documents[mark.content] = path }
      guard mark.kind == .lines, !mark.isGzip else { return }
      let prefix = Prefix(
        offset: mark.offset, place: mark.place, headHash: mark.headHash, blockHash: mark.blockHash)
      var known = books.logs[path] ?? []
      if let last = known.last, last.offset <= prefix.offset { known.removeLast() }
      books.logs[path] = known.suffix(1) + [prefix]
    }
  }

  /// What a reader may do with a document of some content.
  enum Claim: Equatable {
    /// Read it, then `release` it: nobody has.
    case granted
    /// It was read under this path.
    case known(String)
    /// Another reader has a copy of it in its hands.
    case beingRead
  }

  /// Asks for a document by its SHA-256, so that of two copies that come at once one is read.
  func claim(_ content: [UInt8]) -> Claim {
    books.withLock { books in
      if let path = books.documents[content] { return .known(path) }
      return books.beingRead.insert(content).inserted ? .granted : .beingRead
    }
  }

  /// Ends a claim that was granted, whether the document was read or not.
  func release(_ content: [UInt8]) {
    books.withLock { books in _ = books.beingRead.remove(content) }
  }

  /// What was read of the logs that a file of this path may be a copy of, the longest first.
  func prefixes(ofCopy path: FilePath) -> [Prefix] {
    let (directory, name) = (path.parent.bytes, Array(path.name))
    let books = books.snapshot
    return name.indices.dropFirst().flatMap { length in
      books.logs[FilePath(bytes: directory + name[..<length]).shown] ?? []
    }.sorted { $0.offset > $1.offset }
  }
}

/// What reading and following ask of the operating system: the kernel's, or a simulated one.
///
/// Every fault that a file system can have comes in through here, so that what is done about it
/// can be tested without one.
protocol FileSystem: Sendable {
  /// About the file that a link leads to, or about the link itself.
  func facts(of path: FilePath, followingLinks: Bool) throws(IngestProblem) -> FileFacts

  /// Opens a regular file; a pipe, socket or device is refused and never waited for.
  func open(_ path: FilePath) throws(IngestProblem) -> any OpenFile

  /// The names in a directory, sorted, without `.` and `..` or with them.
  func names(in directory: FilePath) throws(IngestProblem) -> [[UInt8]]

  /// The path without links; nil where it leads nowhere.
  func realPath(_ path: FilePath) -> FilePath?

  /// Whether the file system that holds the path tells of every change by itself.
  func tellsChanges(under path: FilePath) -> Bool

  /// What tells of changes; nil where the system has none to give.
  func changeFeed() -> (any ChangeFeed)?

  /// How many descriptors the process may have.
  var descriptorLimit: Int { get }
}

/// A regular file that is open for reading, closed with the last reference.
protocol OpenFile: AnyObject, Sendable {
  func facts() throws(IngestProblem) -> FileFacts

  /// Reads at a place: how many bytes, 0 at the end of the file.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(IngestProblem) -> Int
}

/// What tells of changes in directories; made, called and dropped on one thread.
protocol ChangeFeed: AnyObject {
  /// Readable while something is to be told, for `poll`; -1 where nobody has to wait for it.
  var descriptor: Int32 { get }

  /// Asks to be told of a directory: the number that its changes will bear.
  func watch(_ directory: FilePath) throws(IngestProblem) -> Int32

  /// What there is to tell, at most a buffer full; empty when there is nothing more.
  func next() -> [Change]
}

/// One thing that a change feed tells.
struct Change: Equatable, Sendable {
  enum Kind: Sendable {
    /// An entry was created, or written to.
    case touched
    /// An entry was closed by its writer, or moved here.
    case finished
    /// A directory appeared in this one.
    case directory
    /// An entry, or the directory itself, went away or elsewhere.
    case left
    /// The directory is watched no longer.
    case ignored
    /// More happened than could be told.
    case overflow
  }

  var watch: Int32
  var kind: Kind
  /// The entry's name; empty for the directory itself.
  var name: [UInt8] = []
}

/// A clock that never goes backwards, whatever happens to the time of day.
protocol MonotonicClock: Sendable {
  var now: ContinuousClock.Instant { get }
}

extension ContinuousClock: MonotonicClock {}

/// What a follower runs on.
struct Platform: Sendable {
  var files: any FileSystem = Kernel()
  var clock: any MonotonicClock = ContinuousClock()
}

/// What names a file while it exists, whatever its path.
///
/// Ordered, so that what is done for several files at once is done in the same order in each run.
struct FileID: Hashable, Comparable, Sendable {
  var device: UInt64
  var inode: UInt64

  static func < (a: FileID, b: FileID) -> Bool { (a.device, a.inode) < (b.device, b.inode) }
}

/// What the system tells of a file.
struct FileFacts: Equatable, Sendable {
  enum Kind: Sendable { case file, directory, link, other }

  var id: FileID
  var size: Int64
  /// Nanoseconds since 1970, only ever compared for equality.
  var modified: Int64
  var kind: Kind

  var isFile: Bool { kind == .file }
  var isDirectory: Bool { kind == .directory }
  var isLink: Bool { kind == .link }
}

extension OpenFile {
  /// Reads until the buffer is full or the file ends.
  func readFully(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(IngestProblem) -> Int {
    var total = 0
    while total < buffer.count {
      let count = try read(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[total...]), at: offset + Int64(total))
      if count == 0 { break }
      total += count
    }
    return total
  }

  /// That many bytes of a place, fewer where the file ends.
  func bytes(at offset: Int64, count: Int) throws(IngestProblem) -> [UInt8] {
    var problem: IngestProblem?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(IngestProblem) {
        filled = try readFully(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
    return bytes
  }
}

/// The bytes of a file from a place on.
final class FileSource: ByteSource {
  private let file: any OpenFile
  private(set) var offset: Int64

  init(_ file: any OpenFile, at offset: Int64) {
    self.file = file
    self.offset = offset
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestProblem) -> Int {
    let count = try file.read(into: buffer, at: offset)
    offset += Int64(count)
    return count
  }
}

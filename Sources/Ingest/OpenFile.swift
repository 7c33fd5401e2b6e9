internal import Glibc

/// What names a file while it exists, whatever its path.
struct FileID: Hashable, Sendable {
  var device: UInt64
  var inode: UInt64
}

/// What the kernel tells of a file.
struct FileFacts: Equatable, Sendable {
  var id: FileID
  var size: Int64
  /// Nanoseconds since 1970, only ever compared for equality.
  var modified: Int64
  var isFile: Bool
  var isDirectory: Bool
  var isLink: Bool

  init(_ facts: stat) {
    id = FileID(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
    size = Int64(facts.st_size)
    modified = Int64(facts.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(facts.st_mtim.tv_nsec)
    isFile = facts.st_mode & S_IFMT == S_IFREG
    isDirectory = facts.st_mode & S_IFMT == S_IFDIR
    isLink = facts.st_mode & S_IFMT == S_IFLNK
  }

  /// Asks by path: about the file that a link leads to, or about the link itself.
  init(of path: FilePath, followingLinks: Bool) throws(IngestProblem) {
    var facts = stat()
    let status = path.withCString {
      followingLinks ? stat($0, &facts) : lstat($0, &facts)
    }
    guard status == 0 else { throw .system(errno) }
    self.init(facts)
  }
}

/// A regular file that is open for reading, closed with the last reference.
final class OpenFile: Sendable {
  private let descriptor: Int32

  /// Opens without blocking on pipes, which are refused.
  init(_ path: FilePath) throws(IngestProblem) {
    let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    descriptor = path.withCString { open($0, flags) }
    guard descriptor >= 0 else { throw .system(errno) }
    guard try facts().isFile else { throw .notAFile }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func facts() throws(IngestProblem) -> FileFacts {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .system(errno) }
    return FileFacts(facts)
  }

  /// Reads at a place: how many bytes, 0 at the end of the file.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(IngestProblem)
    -> Int
  {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      if errno != EINTR { throw .system(errno) }
    }
  }

  /// Reads until the buffer is full or the file ends.
  func readFully(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  )
    throws(IngestProblem) -> Int
  {
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
  private let file: OpenFile
  private(set) var offset: Int64

  init(_ file: OpenFile, at offset: Int64) {
    self.file = file
    self.offset = offset
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestProblem) -> Int {
    let count = try file.read(into: buffer, at: offset)
    offset += Int64(count)
    return count
  }
}

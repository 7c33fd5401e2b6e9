internal import CFiles
internal import Glibc

/// The file system as Linux has it.
struct Kernel: FileSystem {
  func facts(of path: FilePath, followingLinks: Bool) throws(IngestProblem) -> FileFacts {
    var facts = stat()
    let status = path.withCString { followingLinks ? stat($0, &facts) : lstat($0, &facts) }
    guard status == 0 else { throw .system(errno) }
    return FileFacts(facts)
  }

  func open(_ path: FilePath) throws(IngestProblem) -> any OpenFile { try KernelFile(path) }

  func names(in directory: FilePath) throws(IngestProblem) -> [[UInt8]] {
    guard let stream = directory.withCString(opendir) else { throw .system(errno) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) })
      errno = 0
    }
    guard errno == 0 else { throw .system(errno) }
    return names.sorted(by: precedes)
  }

  /// Names of log files are long and begin alike: compared as memory.
  private func precedes(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.withUnsafeBytes { left in
      other.withUnsafeBytes { right in
        guard let start = left.baseAddress, let otherStart = right.baseAddress else {
          return left.isEmpty && !right.isEmpty
        }
        let order = memcmp(start, otherStart, min(left.count, right.count))
        return order == 0 ? left.count < right.count : order < 0
      }
    }
  }

  func realPath(_ path: FilePath) -> FilePath? {
    guard let resolved = path.withCString({ realpath($0, nil) }) else { return nil }
    defer { free(resolved) }
    return FilePath(bytes: Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved))))
  }

  func tellsChanges(under path: FilePath) -> Bool { path.withCString(cf_tells_changes) != 0 }

  func changeFeed() -> (any ChangeFeed)? { Inotify() }

  var descriptorLimit: Int {
    var limits = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
    return Int(clamping: limits.rlim_cur)
  }
}

extension FileFacts {
  fileprivate init(_ facts: stat) {
    let kind: Kind =
      switch facts.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .other
      }
    self.init(
      id: FileID(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino)),
      size: Int64(facts.st_size),
      modified: Int64(facts.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(facts.st_mtim.tv_nsec),
      kind: kind)
  }
}

/// A file that the kernel has open for us.
private final class KernelFile: OpenFile {
  private let descriptor: Int32

  init(_ path: FilePath) throws(IngestProblem) {
    let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    descriptor = path.withCString { Glibc.open($0, flags) }
    guard descriptor >= 0 else { throw .system(errno) }
    guard try facts().isFile else { throw .notAFile }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func facts() throws(IngestProblem) -> FileFacts {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .system(errno) }
    return FileFacts(facts)
  }

  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(IngestProblem) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      if errno != EINTR { throw .system(errno) }
    }
  }
}

/// The kernel's notices of changes in directories.
private final class Inotify: ChangeFeed {
  let descriptor: Int32
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

  /// Nil where the user has no instances left.
  init?() {
    descriptor = cf_inotify()
    guard descriptor >= 0 else { return nil }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    buffer.deallocate()
  }

  func watch(_ directory: FilePath) throws(IngestProblem) -> Int32 {
    let watch = directory.withCString { cf_watch(descriptor, $0) }
    guard watch >= 0 else { throw .system(errno) }
    return watch
  }

  func next() -> [Change] {
    var count = read(descriptor, buffer.baseAddress, buffer.count)
    while count < 0 && errno == EINTR { count = read(descriptor, buffer.baseAddress, buffer.count) }
    guard count > 0 else { return [] }
    var changes: [Change] = []
    var event = cf_event()
    var offset = cf_next_event(buffer.baseAddress, count, 0, &event)
    while offset > 0 {
      let name = UnsafeRawBufferPointer(start: event.name, count: event.name_length)
      changes.append(Change(watch: event.watch, kind: Self.kind(event.mask), name: Array(name)))
      offset = cf_next_event(buffer.baseAddress, count, offset, &event)
    }
    return changes
  }

  private static func kind(_ mask: UInt32) -> Change.Kind {
    if mask & cf_overflow != 0 { return .overflow }
    if mask & cf_ignored != 0 { return .ignored }
    if mask & (cf_self_gone | cf_moved_from | cf_deleted) != 0 { return .left }
    if mask & cf_is_directory != 0 { return .directory }
    return mask & (cf_closed_write | cf_moved_to) != 0 ? .finished : .touched
  }
}

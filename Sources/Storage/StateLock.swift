internal import Glibc

/// The writer's lock on a state, held while this value lives; the file tells the writer's pid.
///
/// `flock` goes with the process, however that ends: there is no stale lock to remove by hand.
final class StateLock: Sendable {
  /// The lock, or who holds it; 0 where the holder has not said yet.
  enum Attempt {
    case taken(StateLock)
    case held(pid: Int32)
  }

  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  static func attempt(_ path: String) throws -> Attempt {
    let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StorageProblem.failed("open", path) }
    guard try isTaken(descriptor, path) else {
      defer { close(descriptor) }
      return .held(pid: holder(descriptor))
    }
    let lock = StateLock(descriptor: descriptor)
    let line = Array("\(getpid())\n".utf8)
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, line, line.count, 0) == line.count
    else { throw StorageProblem.failed("write", path) }
    return .taken(lock)
  }

  /// A viewer that looks who writes holds the lock for a moment: that is worth another try.
  private static func isTaken(_ descriptor: Int32, _ path: String) throws -> Bool {
    for _ in 0..<3 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw StorageProblem.failed("lock", path)
      }
      usleep(5_000)
    }
    return false
  }

  /// The pid of the instance that writes the state, or 0 where none does.
  static func writer(_ path: String) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return 0 }
    return holder(descriptor)
  }

  private static func holder(_ descriptor: Int32) -> Int32 {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let digits = bytes.prefix(max(0, count)).prefix { $0 >= 0x30 && $0 <= 0x39 }
    return Int32(String(decoding: digits, as: UTF8.self)) ?? 0
  }
}

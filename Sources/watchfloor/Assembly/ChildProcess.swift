import Glibc

/// A program that is run with some input and whose output nobody wants.
enum ChildProcess {
  enum End: Equatable, Sendable {
    case ended(Int32)
    case killed(Int32)
    /// It was killed, with everything that it had started in its group.
    case overdue
    /// The system's error number.
    case cannotStart(Int32)
  }

  private static let pollInterval: UInt32 = 10_000

  /// Runs a program of `PATH`, or at a path, and waits for it; input that is longer than a pipe
  /// holds (64 KiB) is cut.
  static func run(_ arguments: [String], input: [UInt8], atMost limit: Duration) -> End {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return .cannotStart(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var child = pid_t()
    let status = spawn(arguments, reading: ends[0], &child)
    close(ends[0])
    guard status == 0 else {
      close(ends[1])
      return .cannotStart(status)
    }
    // All of it fits into the pipe, whether or not the child ever reads.
    _ = input.withUnsafeBytes { write(ends[1], $0.baseAddress, min($0.count, 65_536)) }
    close(ends[1])
    return wait(for: child, atMost: limit)
  }

  private static func spawn(
    _ arguments: [String], reading input: Int32, _ child: inout pid_t
  ) -> Int32 {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_adddup2(&files, input, 0)
    for descriptor: Int32 in [1, 2] {
      posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own: the terminal's Ctrl-C is not meant for it, and it can be ended whole.
    posix_spawnattr_setpgroup(&attributes, 0)
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var texts: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    texts.append(nil)
    defer { texts.forEach { free($0) } }
    return posix_spawnp(&child, arguments[0], &files, &attributes, texts, environ)
  }

  private static func wait(for child: pid_t, atMost limit: Duration) -> End {
    let deadline = ContinuousClock.now + limit
    var status: Int32 = 0
    while true {
      let found = waitpid(child, &status, WNOHANG)
      if found == child { break }
      if found < 0, errno != EINTR { return .cannotStart(errno) }
      if ContinuousClock.now >= deadline {
        kill(-child, SIGKILL)
        waitpid(child, &status, 0)
        return .overdue
      }
      usleep(pollInterval)
    }
    let signal = status & 0x7f
    return signal == 0 ? .ended(status >> 8 & 0xff) : .killed(signal)
  }
}

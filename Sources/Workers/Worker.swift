internal import Glibc

/// A named operating-system thread with a stack that is big enough for nested input.
///
/// Signals that ask the process for something (SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP) are
/// blocked in it, so that they always reach the main thread.
package struct Worker: Sendable {
  private let thread: pthread_t

  /// Starts a thread; `name` is cut to the 15 bytes that the kernel keeps.
  ///
  /// One that `yields` runs when others leave it time.
  package static func start(
    _ name: String, stackSize: Int = 8 << 20, yields: Bool = false,
    _ body: @escaping @Sendable () -> Void
  ) -> Worker {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    let task = Unmanaged.passRetained(Task(name: name, yields: yields, body: body)).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Task>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, task)
    precondition(status == 0, "a thread should start: \(String(cString: strerror(status)))")
    return Worker(thread: thread)
  }

  /// Waits until the thread's body has returned; to be called once.
  package func join() { pthread_join(thread, nil) }
}

/// What a thread runs.
private final class Task: Sendable {
  private let name: String
  private let yields: Bool
  private let body: @Sendable () -> Void

  init(name: String, yields: Bool, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.yields = yields
    self.body = body
  }

  func run() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT, SIGPIPE] {
      sigaddset(&signals, signal)
    }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    setName()
    // On Linux 0 is the calling thread alone. It runs as well where this is refused.
    if yields { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19) }
    body()
  }

  /// Names the calling thread, for `top -H` and debuggers.
  private func setName() {
    // The kernel's own way: glibc's function is hidden from Swift. A nameless thread works too.
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    let bytes = Array(name.utf8.prefix(15))
    _ = write(file, bytes, bytes.count)
    close(file)
  }
}

import Glibc

/// SIGTERM, SIGINT and SIGHUP for a program without a screen: waited for, not interrupting.
struct EndSignals {
  private var signals = sigset_t()

  /// Blocks them in the calling thread; made before any other thread, which then blocks them too.
  init() {
    sigemptyset(&signals)
    for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Waits for one of them, and says which.
  func wait() -> CInt {
    var signals = signals
    var signal: CInt = 0
    sigwait(&signals, &signal)
    return signal
  }
}

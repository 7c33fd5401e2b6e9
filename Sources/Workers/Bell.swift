internal import Glibc

/// A descriptor that becomes readable when someone rings: what lets `poll` wait for a thread.
package final class Bell: Sendable {
  /// Readable while the bell has been rung and not yet silenced; for `poll`, never for `read`.
  package let descriptor: Int32
  private let ringer: Int32

  package init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "a pipe should open: \(String(cString: strerror(errno)))")
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    descriptor = ends[0]
    ringer = ends[1]
  }

  deinit {
    close(descriptor)
    close(ringer)
  }

  /// Makes the descriptor readable; a bell that is ringing already stays so.
  package func ring() {
    var byte: UInt8 = 1
    // A full pipe refuses the byte: then the bell is ringing, which is all that is wanted.
    while write(ringer, &byte, 1) < 0 && errno == EINTR {}
  }

  /// Takes every ring so far.
  package func silence() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      if count <= 0 && errno == EINTR { continue }
      if count < bytes.count { return }
    }
  }

  /// Waits until the bell rings or time is up, and says whether it rings.
  package func wait(atMost limit: Duration) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, limit.pollMilliseconds) > 0
  }
}

extension Duration {
  /// Whole milliseconds for `poll`, rounded up so that a wait never ends early and spins.
  package var pollMilliseconds: Int32 {
    guard self > .zero else { return 0 }
    let (seconds, attoseconds) = components
    let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
    guard !milliseconds.overflow, milliseconds.partialValue < Int64(Int32.max) - 1000 else {
      return Int32.max
    }
    return Int32(
      milliseconds.partialValue + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}

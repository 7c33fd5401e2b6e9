import Glibc
import Testing

/// A pipe whose writing end the next program inherits.
final class Pipe {
  let writing: CInt
  private let reading: CInt

  init() throws {
    var ends: [CInt] = [-1, -1]
    try #require(pipe(&ends) == 0)
    (reading, writing) = (ends[0], ends[1])
    _ = fcntl(reading, F_SETFD, FD_CLOEXEC)
  }

  deinit {
    close(reading)
    close(writing)
  }

  /// Waits for a byte and takes it; false where none comes in time.
  func hasByte(within milliseconds: CInt) -> Bool {
    var ready = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    return poll(&ready, 1, milliseconds) == 1 && read(reading, &byte, 1) == 1
  }

  /// Waits for that byte and takes all before it; false where it does not come in time.
  func has(_ wanted: Character, within milliseconds: CInt) -> Bool {
    var ready = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    while poll(&ready, 1, milliseconds) == 1, read(reading, &byte, 1) == 1 {
      if byte == wanted.asciiValue { return true }
    }
    return false
  }
}

import Glibc

/// Standard output for results.
///
/// A reader that has gone ends the program quietly.
enum StandardOutput {
  static func write(_ text: String) { writeAll(text, to: STDOUT_FILENO) }
  static func write(_ bytes: [UInt8]) { bytes.withUnsafeBytes { writeAll($0, to: STDOUT_FILENO) } }
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

/// Standard error for progress and problems.
enum StandardError {
  static func write(_ text: String) { writeAll(text, to: STDERR_FILENO) }
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

private func writeAll(_ text: String, to descriptor: CInt) {
  var text = text
  text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
}

private func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) {
  var rest = bytes
  while !rest.isEmpty {
    let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
    if written >= 0 {
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    } else if errno == EPIPE {
      end(.done)  // `| head` has seen enough
    } else if errno != EINTR {
      end(.failed)
    }
  }
}

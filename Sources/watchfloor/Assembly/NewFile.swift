import Glibc

/// A file of the working directory that was not there before.
enum NewFile {
  /// Writes a text, for the owner's eyes only; a file of that name is left as it is, and the new
  /// one gets a number before its name.
  ///
  /// - Returns: The name that the file got.
  static func write(_ text: String, _ name: String) throws -> String {
    for number in 1...999 {
      let path = number == 1 ? name : "\(number)-\(name)"
      let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if file < 0, errno == EEXIST { continue }
      guard file >= 0 else { throw Failure("'\(path)' cannot be made: \(reason)") }
      defer { close(file) }
      try write(Array(text.utf8), to: file, path)
      return path
    }
    throw Failure("'\(name)' is there already, and 998 more of that name")
  }

  private static func write(_ bytes: [UInt8], to file: CInt, _ path: String) throws {
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure("'\(path)' cannot be written: \(reason)") }
      offset += count
    }
  }

  private static var reason: String { String(cString: strerror(errno)) }
}

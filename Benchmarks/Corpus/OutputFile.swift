import Glibc

struct WriteProblem: Error {
  let path: String
  let number: CInt

  var sentence: String { "'\(path)' cannot be written: \(String(cString: strerror(number)))" }
}

/// A file being written, in pieces of a mebibyte.
struct OutputFile: ~Copyable {
  private let descriptor: CInt
  private let path: String
  private var pending: [UInt8] = []

  init(_ path: String) throws(WriteProblem) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw WriteProblem(path: path, number: errno) }
  }

  deinit { close(descriptor) }

  mutating func write(_ bytes: [UInt8]) throws(WriteProblem) {
    pending += bytes
    if pending.count >= 1 << 20 { try flush() }
  }

  mutating func flush() throws(WriteProblem) {
    var done = 0
    while done < pending.count {
      let count = pending.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if count < 0 { throw WriteProblem(path: path, number: errno) }
      done += count
    }
    pending.removeAll(keepingCapacity: true)
  }

  static func write(_ bytes: [UInt8], to path: String) throws(WriteProblem) {
    var file = try OutputFile(path)
    try file.write(bytes)
    try file.flush()
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws(WriteProblem) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part + "/"
      if mkdir(made, 0o755) != 0, errno != EEXIST { throw WriteProblem(path: made, number: errno) }
    }
  }
}

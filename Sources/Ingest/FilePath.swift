/// A path as the kernel has it: bytes, which need not be UTF-8.
struct FilePath: Hashable, Sendable {
  /// Without the terminating zero.
  let bytes: [UInt8]

  init(_ string: String) { bytes = Array(string.utf8) }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The path of an entry of this directory; an empty path is the working directory.
  func appending(_ name: some Collection<UInt8>) -> FilePath {
    let separator: [UInt8] = bytes.isEmpty || bytes.last == 0x2f ? [] : [0x2f]
    return FilePath(bytes: bytes + separator + name)
  }

  /// What comes before the last component, up to and with its slash.
  var parent: FilePath { FilePath(bytes: Array(bytes.dropLast(name.count))) }

  /// The directory that it lies in, without the slash.
  var directory: FilePath { FilePath(bytes: Array(parent.bytes.dropLast())) }

  /// The last component.
  var name: ArraySlice<UInt8> {
    bytes[(bytes.lastIndex(of: 0x2f).map { $0 + 1 } ?? 0)...]
  }

  /// Whether this path lies in that directory, or is it.
  func isWithin(_ directory: FilePath) -> Bool {
    guard bytes.starts(with: directory.bytes) else { return false }
    return bytes.count == directory.bytes.count || directory.bytes.last == 0x2f
      || bytes[directory.bytes.count] == 0x2f
  }

  /// The path for people: bytes that are no UTF-8 read `\xC0`.
  var shown: String {
    if let string = String(validating: bytes, as: UTF8.self) { return string }
    var text = ""
    var rest = bytes[...]
    while let first = rest.first {
      let length = (1...4).first {
        $0 <= rest.count && String(validating: rest.prefix($0), as: UTF8.self) != nil
      }
      if let length {
        text += String(decoding: rest.prefix(length), as: UTF8.self)
      } else {
        text += "\\x" + (first < 16 ? "0" : "") + String(first, radix: 16, uppercase: true)
      }
      rest = rest.dropFirst(length ?? 1)
    }
    return text
  }

  /// Calls `body` with the path as C wants it.
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("a path ends with a zero") }
        return body(base)
      }
    }
  }
}

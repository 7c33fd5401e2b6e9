/// One thing that a program does to a directory of logs; paths are relative to the followed root.
enum DiskOperation: CustomStringConvertible {
  /// Writes behind the end, creating the file; its writer may keep it open.
  case append(String, [UInt8], closes: Bool)
  /// Cuts to nothing in place.
  case truncate(String)
  case rename(String, to: String)
  case copy(String, to: String)
  case unlink(String)
  /// With its parents.
  case makeDirectory(String)
  case permit(String, Bool)
  case link(String, to: String)

  var description: String {
    switch self {
    case .append(let path, let bytes, let closes):
      "append \(path) \(bytes.count) bytes \(Self.shown(bytes))\(closes ? ", close" : "")"
    case .truncate(let path): "truncate \(path)"
    case .rename(let path, let to): "rename \(path) \(to)"
    case .copy(let path, let to): "copy \(path) \(to)"
    case .unlink(let path): "unlink \(path)"
    case .makeDirectory(let path): "mkdir -p \(path)"
    case .permit(let path, let isReadable): "chmod \(isReadable ? "600" : "000") \(path)"
    case .link(let path, let to): "ln -s \(to) \(path)"
    }
  }

  private static func shown(_ bytes: [UInt8]) -> String {
    guard bytes.count > 120 else { return String(decoding: bytes, as: UTF8.self).debugDescription }
    return String(decoding: bytes.prefix(60), as: UTF8.self).debugDescription + "…"
      + String(decoding: bytes.suffix(30), as: UTF8.self).debugDescription
  }
}

/// A directory that scripts are played on: in memory, or the kernel's.
protocol ScriptedDisk: AnyObject {
  func apply(_ operation: DiskOperation) throws

  /// Whether there is an entry at that path, of whatever kind.
  func exists(_ path: String) -> Bool
}

import Foundation

@testable import Ingest

/// A directory of the real file system that scripts are played on, as programs would.
final class KernelDisk: ScriptedDisk {
  let scratch: Scratch
  /// Files that their writers have not closed.
  private var open: [String: FileHandle] = [:]

  init() throws { scratch = try Scratch.onDisk() }

  func exists(_ path: String) -> Bool {
    var facts = stat()
    return lstat(scratch.file(path), &facts) == 0
  }

  func apply(_ operation: DiskOperation) throws {
    switch operation {
    case .append(let path, let bytes, let closes): try append(path, bytes, closes: closes)
    case .truncate(let path): try expect(Glibc.truncate(scratch.file(path), 0))
    case .rename(let path, let to):
      try makeParent(of: to)
      try expect(Glibc.rename(scratch.file(path), scratch.file(to)))
      moveWriters(from: path, to: to)
    case .copy(let path, let to):
      guard let content = FileManager.default.contents(atPath: scratch.file(path)) else {
        throw CocoaError(.fileReadUnknown)
      }
      try append(to, Array(content), closes: true)
    case .unlink(let path):
      open[path] = nil
      try expect(Glibc.unlink(scratch.file(path)))
    case .makeDirectory(let path): try makeDirectory(path)
    case .permit(let path, let isReadable):
      try expect(chmod(scratch.file(path), isReadable ? 0o600 : 0))
    case .link(let path, let to):
      guard !exists(path) else { return }
      try scratch.link(path, to: to)
    }
  }

  private func append(_ path: String, _ bytes: [UInt8], closes: Bool) throws {
    try makeParent(of: path)
    let handle =
      try open[path]
      ?? {
        let descriptor = Glibc.open(
          scratch.file(path), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        try expect(descriptor)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      }()
    try handle.write(contentsOf: Data(bytes))
    open[path] = closes ? nil : handle
  }

  private func moveWriters(from path: String, to target: String) {
    open[target] = nil
    for (name, handle) in open where name == path || name.hasPrefix(path + "/") {
      open[name] = nil
      open[target + name.dropFirst(path.count)] = handle
    }
  }

  private func makeParent(of path: String) throws {
    try makeDirectory((path as NSString).deletingLastPathComponent)
  }

  private func makeDirectory(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: scratch.file(path), withIntermediateDirectories: true)
  }

  private func expect(_ status: CInt) throws {
    guard status >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }
}

extension Scratch {
  /// A directory beside what is built: on a disk, where inodes are used again and files have
  /// blocks, even where the system's temporary files are in memory.
  static func onDisk() throws -> Scratch {
    let built = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let scratch = try Scratch(in: built.deletingLastPathComponent().path)
    guard try kindOfFileSystem(at: scratch.path) != "tmpfs" else {
      throw NotOnDisk(path: scratch.path)
    }
    return scratch
  }

  /// The kind that the mount table says of the file system that holds a path.
  private static func kindOfFileSystem(at path: String) throws -> Substring? {
    let mounts = try String(contentsOfFile: "/proc/mounts", encoding: .utf8)
    var nearest: (point: Substring, kind: Substring)?
    for mount in mounts.split(separator: "\n") {
      let words: [Substring] = mount.split(separator: " ")
      let isAbove = words[1] == "/" || "\(path)/".hasPrefix("\(words[1])/")
      guard isAbove, words[1].count >= nearest?.point.count ?? 0 else { continue }
      nearest = (words[1], words[2])
    }
    return nearest?.kind
  }

  /// What a test on a disk cannot run without.
  struct NotOnDisk: Error, CustomStringConvertible {
    let path: String
    var description: String { "'\(path)' is in memory (tmpfs), expected a directory on a disk" }
  }
}

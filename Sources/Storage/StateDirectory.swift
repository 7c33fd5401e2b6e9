internal import Foundation
internal import Glibc

/// Where a state lives: a directory for its owner alone, and the files in it.
struct StateDirectory: Sendable {
  let path: String
  /// Removed when its store goes.
  var isTemporary = false

  var database: String { path + "/state.sqlite" }
  /// The database as it was before the last migration.
  var backup: String { database + ".before-migration" }
  var lockFile: String { path + "/lock" }

  init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// A new directory of its own among the system's temporary files, of which those that killed
  /// processes have left are removed.
  static func temporary(
    in base: String = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
  ) throws -> StateDirectory {
    AbandonedStates.sweep(base)
    var template = Array("\(base)/\(AbandonedStates.prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw StorageProblem.failed("create a directory in", base)
    }
    let made = template.dropLast().map { UInt8(bitPattern: $0) }
    var place = StateDirectory(path: String(decoding: made, as: UTF8.self))
    place.isTemporary = true
    return place
  }

  func remove() {
    // What cannot be removed stays for the system's own cleaning of temporary files.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Makes the directory and its parents where they are not there, for the owner alone.
  func create() throws {
    let parent = (path as NSString).deletingLastPathComponent
    if !parent.isEmpty, access(parent, F_OK) != 0 {
      do {
        try FileManager.default.createDirectory(
          atPath: parent, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      } catch {
        throw StorageProblem.system(
          path: parent, action: "create", reason: error.localizedDescription)
      }
    }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw StorageProblem.failed("create", path)
    }
  }

  /// Refuses a directory that others could have prepared or could change.
  func check() throws {
    let found = try StateDirectory.status(of: path)
    guard found.st_mode & S_IFMT == S_IFDIR else {
      throw StorageProblem.wrongKind(path: path, found: StateDirectory.kind(found))
    }
    try StateDirectory.refuseForeign(found, path)
    try refuseNetwork()
  }

  /// Makes a file for the owner alone where it is not there, and refuses links and others' files.
  ///
  /// SQLite gives `-wal` and `-shm` the mode of the database: made here, it is theirs too.
  func prepareFile(_ file: String) throws {
    let descriptor = Glibc.open(
      file, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      if errno == ELOOP { throw StorageProblem.wrongKind(path: file, found: "symbolic link") }
      throw StorageProblem.failed("open", file)
    }
    defer { Glibc.close(descriptor) }
    try StateDirectory.checkFile(file)
  }

  static func checkFile(_ file: String) throws {
    let found = try status(of: file)
    guard found.st_mode & S_IFMT == S_IFREG, found.st_nlink == 1 else {
      throw StorageProblem.wrongKind(path: file, found: kind(found))
    }
    try refuseForeign(found, file)
  }

  private static func status(of path: String) throws -> stat {
    var found = stat()
    guard lstat(path, &found) == 0 else { throw StorageProblem.failed("read", path) }
    return found
  }

  private static func refuseForeign(_ found: stat, _ path: String) throws {
    guard found.st_uid == geteuid() else {
      throw StorageProblem.ownedByAnother(path: path, owner: found.st_uid)
    }
    guard found.st_mode & 0o022 == 0 else {
      throw StorageProblem.writableByOthers(path: path, mode: found.st_mode & 0o7777)
    }
  }

  private static func kind(_ found: stat) -> String {
    switch found.st_mode & S_IFMT {
    case S_IFLNK: "symbolic link"
    case S_IFDIR: "directory"
    case S_IFREG: found.st_nlink > 1 ? "file with a second name" : "file"
    default: "special file"
    }
  }

  private func refuseNetwork() throws {
    if let kind = FileSystem.kind(of: path), FileSystem.isNetwork(kind) {
      throw StorageProblem.networkFileSystem(path: path, kind: kind)
    }
  }
}

extension StorageProblem {
  /// The system call that just failed, with `errno` in words.
  static func failed(_ action: String, _ path: String) -> StorageProblem {
    .system(path: path, action: action, reason: String(cString: strerror(errno)))
  }
}

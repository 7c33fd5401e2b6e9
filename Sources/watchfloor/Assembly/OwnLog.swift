import Glibc

/// The program's own log in the state's directory, for the owner's eyes only.
///
/// `log/watchfloor.log`, 1 MiB, three old ones kept. It never holds field values of records.
struct OwnLog: ~Copyable {
  let descriptor: CInt

  private static let sizeLimit = 1 << 20

  init(directory: String) throws {
    let folder = directory + "/log"
    mkdir(folder, 0o700)
    let path = folder + "/watchfloor.log"
    var about = stat()
    if stat(path, &about) == 0, about.st_size > Self.sizeLimit {
      rename(path + ".2", path + ".3")
      rename(path + ".1", path + ".2")
      rename(path, path + ".1")
    }
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure("'\(path)' cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }
}

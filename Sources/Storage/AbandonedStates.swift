internal import Foundation
internal import Glibc

/// Temporary states whose process was killed before it could remove them.
///
/// One is known by its name, by its owner, and by a lock that nobody holds. One that is younger
/// than a minute is left: its process may be about to lock it.
enum AbandonedStates {
  static let prefix = "watchfloor-"
  /// As many as `mkdtemp` puts in place of its Xs.
  private static let suffixLength = 6
  private static let youth = 60

  /// Removes them from a directory of temporary files; what cannot be removed is left.
  static func sweep(_ base: String) {
    // A directory that cannot be listed holds nothing that this process could remove.
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: base) else { return }
    for name in names where name.hasPrefix(prefix) && name.count == prefix.count + suffixLength {
      let place = StateDirectory(path: "\(base)/\(name)")
      if isAbandoned(place) { place.remove() }
    }
  }

  private static func isAbandoned(_ place: StateDirectory) -> Bool {
    var found = stat()
    guard lstat(place.path, &found) == 0, found.st_mode & S_IFMT == S_IFDIR,
      found.st_uid == geteuid(), found.st_mode & 0o077 == 0,
      time(nil) - found.st_mtim.tv_sec > youth
    else { return false }
    let descriptor = open(place.lockFile, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    // Without a lock it was killed before it made one, or is no state: only an empty one goes.
    guard descriptor >= 0 else { return rmdir(place.path) == 0 }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }
}

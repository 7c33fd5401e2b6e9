import CFiles
import Foundation
import Glibc

/// Limits of the kernel and of this process, against what the paths need.
struct KernelChecks {
  /// How many directories are followed, and how many files are there.
  let directories: Int
  let files: Int

  func all() -> [Checked] { [watches, instances, queue, descriptors, clock].compactMap { $0 } }

  private static let inotify = "/proc/sys/fs/inotify/"

  private static func limit(_ name: String) -> Int? {
    // Absent where there is no inotify: then nothing is said of it.
    (try? String(contentsOfFile: inotify + name, encoding: .utf8))
      .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  private var watches: Checked? {
    guard let limit = Self.limit("max_user_watches") else {
      return .doubtful(
        "inotify watches", "this kernel tells no limit",
        help: "files are looked at again and again: watchfloor watch --poll")
    }
    let found = "\(directories) directories of at most \(limit)"
    // The user's other programs need some too.
    guard directories * 2 > limit else { return .fine("inotify watches", found) }
    return .doubtful(
      "inotify watches", found + ": what has no watch is seen later, by looking",
      help: "sysctl -w fs.inotify.max_user_watches=\(max(524_288, directories * 4))")
  }

  private var instances: Checked? {
    guard let limit = Self.limit("max_user_instances") else { return nil }
    guard limit < 16 else { return .fine("inotify instances", "at most \(limit)") }
    return .doubtful(
      "inotify instances", "at most \(limit) for all programs of this user",
      help: "sysctl -w fs.inotify.max_user_instances=128")
  }

  private var queue: Checked? {
    guard let limit = Self.limit("max_queued_events") else { return nil }
    guard limit < 4096 else { return .fine("inotify queue", "\(limit) events") }
    return .doubtful(
      "inotify queue", "\(limit) events: a burst overflows it, and everything is looked at again",
      help: "sysctl -w fs.inotify.max_queued_events=16384")
  }

  private var descriptors: Checked {
    var limits = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
    let found = "\(limits.rlim_cur) open files"
    guard limits.rlim_cur < 256 else { return .fine("descriptors", found) }
    return .doubtful(
      "descriptors", found + ": few logs are kept open between two looks", help: "ulimit -n 1024")
  }

  private var clock: Checked {
    let now = Date().formatted(.iso8601)
    guard cf_clock_is_kept() != 0 else {
      return .doubtful(
        "clock", "\(now), not kept right by anything that the kernel knows of",
        help: "timedatectl set-ntp true")
    }
    return .fine("clock", now)
  }
}

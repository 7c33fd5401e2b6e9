import Foundation
import Glibc
import Storage

/// The state directory: whose it is, on what it lies, how much room there is, and the database.
struct StateChecks {
  let directory: String

  func all() -> [Checked] { [place, space, database] }

  private static let littleSpace: UInt64 = 1 << 30

  /// The nearest directory above that is there.
  private var existing: String {
    var path = directory
    while access(path, F_OK) != 0, path != "/", !path.isEmpty {
      path = (path as NSString).deletingLastPathComponent
    }
    return path
  }

  private var place: Checked {
    let kind = FileSystem.kind(of: existing) ?? "unknown"
    if FileSystem.isNetwork(kind) {
      return .broken(
        "state", "'\(directory)' is on \(kind), where a database cannot be shared safely",
        help: "watchfloor watch --state /var/lib/watchfloor ...")
    }
    if kind == "tmpfs" {
      return .doubtful(
        "state", "'\(directory)' is on tmpfs and gone after a restart",
        help: "watchfloor watch --state ~/watchfloor ...")
    }
    guard access(existing, W_OK) == 0 else {
      return .broken(
        "state", "'\(existing)' cannot be written",
        help: "watchfloor watch --state ~/watchfloor ...")
    }
    return .fine("state", "'\(directory)' on \(kind)")
  }

  private var space: Checked {
    var about = statvfs()
    guard statvfs(existing, &about) == 0 else {
      return .doubtful("space", "cannot be told for '\(existing)'", help: "df '\(existing)'")
    }
    let free = UInt64(about.f_bavail) * UInt64(about.f_frsize)
    let found = "\(free >> 20) MiB free"
    guard free < Self.littleSpace else { return .fine("space", found) }
    return .doubtful(
      "space", found + ": when it is full, what is read waits until there is room",
      help: "make room, or keep the state elsewhere: --state DIR")
  }

  private var database: Checked {
    guard access(directory + "/state.sqlite", F_OK) == 0 else {
      return .fine("database", "none yet: it is made at the first start")
    }
    do {
      let store = try Store.open(directory: directory, mode: .viewer)
      guard let problem = try store.firstDamage() else {
        return .fine("database", "whole, in WAL mode")
      }
      return .broken("database", "damaged: \(problem)", help: Self.mend(directory))
    } catch {
      return .broken("database", sentence(of: error), help: Self.mend(directory))
    }
  }

  private static func mend(_ directory: String) -> String {
    "watchfloor state export-triage --state '\(directory)' triage.ndjson, then move it away"
  }
}

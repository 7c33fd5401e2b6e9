internal import Foundation
internal import Glibc

/// What a path lies on.
package enum FileSystem {
  private static let network: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "fuse.sshfs", "fuse.s3fs",
  ]

  /// Whether files of that kind are changed by other machines without a word to this kernel.
  package static func isNetwork(_ kind: String) -> Bool { network.contains(kind) }

  /// `ext4`, `nfs4`; nil where the kernel does not tell.
  package static func kind(of path: String) -> String? {
    var found = stat()
    guard stat(path, &found) == 0,
      // Where the kernel does not tell its mounts there is nothing to compare with.
      let mounts = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
    else { return nil }
    return kind(on: "\(major(found.st_dev)):\(minor(found.st_dev))", in: mounts)
  }

  /// The type of the file system on a device (`8:1`), out of the kernel's list of mounts.
  static func kind(on device: String, in mounts: String) -> String? {
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 2, fields[2] == device, let dash = fields.firstIndex(of: "-"),
        dash + 1 < fields.count
      else { continue }
      return String(fields[dash + 1])
    }
    return nil
  }

  /// The kernel's packing of device numbers.
  private static func major(_ device: dev_t) -> UInt64 {
    let device = UInt64(device)
    return (device >> 8) & 0xfff | (device >> 32) & ~0xfff
  }

  private static func minor(_ device: dev_t) -> UInt64 {
    let device = UInt64(device)
    return device & 0xff | (device >> 12) & ~0xff
  }
}

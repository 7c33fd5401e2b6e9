import CFiles
import Foundation
import Glibc
import Ingest
import Storage

/// The directories of logs: whether they can be read, and on what they lie.
struct PathChecks {
  let roots: [String]
  private(set) var directories = 0
  private(set) var files = 0
  private var unreadable: [String] = []
  /// Files of rows that jobs wrote, by directory.
  private var rowFiles: [String: Int] = [:]

  init(_ roots: [String]) {
    self.roots = roots
    for root in roots { count(root) }
  }

  private mutating func count(_ root: String) {
    guard let walk = FileManager.default.enumerator(atPath: root) else { return }
    if access(root, R_OK) != 0 { unreadable.append(root) }
    var facts = stat()
    guard stat(root, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      files += 1
      return
    }
    directories += 1
    while let name = walk.nextObject() as? String {
      let isFolder = walk.fileAttributes?[.type] as? FileAttributeType == .typeDirectory
      if isFolder { directories += 1 } else { files += 1 }
      let path = root + "/" + name
      if !isFolder, RowFileName.isRows(path), RowFileName.isOfJob(fileAt: path) {
        rowFiles[RowFileName.directory(of: path), default: 0] += 1
      }
      if access(path, isFolder ? R_OK | X_OK : R_OK) != 0 { unreadable.append(path) }
    }
  }

  func all() -> [Checked] {
    guard !roots.isEmpty else {
      return [
        .doubtful(
          "logs", "no path was named, and the configuration names none",
          help: "watchfloor doctor /var/log/cloudtrail")
      ]
    }
    return [reading] + jobs + roots.map(fileSystem)
  }

  private var jobs: [Checked] {
    rowFiles.sorted { $0.key < $1.key }.map { directory, count in
      let files = count == 1 ? "1 file" : "\(count) files"
      return .fine(
        "rows of a job", "\(files) in '\(directory)'; see: watchfloor watch '\(directory)'")
    }
  }

  private var reading: Checked {
    let found = "\(files) files in \(directories) directories"
    guard let first = unreadable.first else {
      guard files > 0 else {
        return .doubtful(
          "logs", found,
          help: "aws s3 sync s3://BUCKET/AWSLogs \(roots[0])/AWSLogs")
      }
      return .fine("logs", found)
    }
    return .broken(
      "logs", "\(found), \(unreadable.count) of them not readable, '\(first)' for one",
      help: "setfacl -R -m u:\(NSUserName()):rX '\(first)'")
  }

  private func fileSystem(of root: String) -> Checked {
    let kind = FileSystem.kind(of: root) ?? "unknown"
    guard cf_tells_changes(root) == 0 else {
      return .fine("file system", "'\(root)' is on \(kind)")
    }
    return .doubtful(
      "file system", "'\(root)' is on \(kind), which tells of no change of others",
      help: "nothing needs to be done: files are looked at again every few seconds")
  }
}

/// Directories that jobs write rows to, as far as they are known, and what in them is not read.
///
/// A name alone makes none: a file of it has to begin like a job's, or logs that happen to be
/// called so would hide others.
struct RowDirectories: Equatable, Sendable {
  private var directories: Set<FilePath> = []

  /// So many files of a directory are opened at most, to see whether one is a job's.
  private static let mostFiles = 4

  /// Notes a directory in which some names lie, if a job writes rows there.
  mutating func look(at directory: FilePath, _ names: [[UInt8]], _ system: any FileSystem) {
    let likely = names.lazy.filter { RowFileName.matches($0) }
    guard likely.first(where: { _ in true }) != nil, !hold(directory) else { return }
    let isOfJob = likely.prefix(Self.mostFiles).contains {
      Self.isOfJob(directory.appending($0), system)
    }
    if isOfJob { directories.insert(directory) }
  }

  /// Whether a path lies among the rows of some job and is kept aside.
  func keepAside(_ path: FilePath) -> Bool {
    guard !directories.isEmpty else { return false }
    // Few paths have such a name in them, and there may be a directory for each day.
    var components = path.bytes.split(separator: 0x2f)[...]
    guard let last = components.lastIndex(where: { RowFileName.isKeptAside($0) }) else {
      return false
    }
    components = components[..<last]
    return directories.contains {
      components.starts(with: $0.bytes.split(separator: 0x2f)) && path != $0
    }
  }

  private func hold(_ path: FilePath) -> Bool { directories.contains { path.isWithin($0) } }

  /// Whether a file begins like a job's; of what is compressed the name says it.
  static func isOfJob(_ path: FilePath, _ system: any FileSystem) -> Bool {
    do throws(IngestProblem) {
      let head = try system.open(path).bytes(at: 0, count: 64)
      return head.starts(with: [0x1f, 0x8b])
        || head.drop { $0 <= 0x20 }.starts(with: #"{"watchfloor_"#.utf8)
    } catch {
      return false  // it may be told by another file, or by a later look
    }
  }
}

extension RowFileName {
  /// Whether a file is a job's by its name and its first bytes.
  package static func isOfJob(fileAt path: String) -> Bool {
    matches(path) && RowDirectories.isOfJob(FilePath(path), Kernel())
  }
}

internal import Glibc

/// What lies under the roots, by one walk.
///
/// Passed over: names that begin with a dot (temporary files of rsync and editors), what aws-cli
/// is downloading, the trees of CloudTrail's digests and insights, and what is excluded. Links are
/// followed inside their root only; a directory or file is met once, however many names it has.
///
/// In and below a directory that a job writes rows to, what it keeps aside is passed over too.
///
/// As an archive nothing of CloudTrail's is passed over, and a file is met by each of its names:
/// a digest lists names.
struct FileTree {
  /// Directories nested deeper than this are not read.
  static let depthLimit = 32

  struct Found: Sendable {
    var path: FilePath
    var facts: FileFacts
  }

  struct Trouble: Sendable {
    var path: FilePath
    var problem: IngestProblem
  }

  private(set) var files: [Found] = []
  private(set) var troubles: [Trouble] = []
  /// Directories that jobs write rows to; those below them are not listed here.
  private(set) var rowDirectories: RowDirectories

  private let system: any FileSystem
  private let excluded: Set<FileID>
  private let isArchive: Bool
  /// Called with each directory before it is listed, so that nothing falls between.
  private let willList: (FilePath) -> Void
  private var visited: Set<FileID> = []
  private var met: Set<FileID> = []
  private var links: [(path: FilePath, root: FilePath, depth: Int)] = []

  init(
    _ system: any FileSystem, excluded: Set<FileID> = [], isArchive: Bool = false,
    rowDirectories: RowDirectories = RowDirectories(),
    willList: @escaping (FilePath) -> Void = { _ in }
  ) {
    self.system = system
    self.excluded = excluded
    self.isArchive = isArchive
    self.rowDirectories = rowDirectories
    self.willList = willList
  }

  /// Adds what lies under a root, which may be a file; real files come before links to them.
  mutating func add(root: FilePath, depth: Int = 0) {
    do throws(IngestProblem) {
      let facts = try system.facts(of: root, followingLinks: true)
      add(root, facts, root: system.realPath(root) ?? root, depth: depth)
    } catch {
      troubles.append(Trouble(path: root, problem: error))
    }
    while let link = links.popLast() { follow(link.path, root: link.root, depth: link.depth) }
  }

  private mutating func add(_ path: FilePath, _ facts: FileFacts, root: FilePath, depth: Int) {
    guard !excluded.contains(facts.id), isArchive || !rowDirectories.keepAside(path) else { return }
    if facts.isDirectory {
      guard visited.insert(facts.id).inserted else { return }
      guard depth <= Self.depthLimit else {
        return troubles.append(Trouble(path: path, problem: .tooDeep))
      }
      list(path, root: root, depth: depth)
    } else if facts.isFile {
      guard met.insert(facts.id).inserted || isArchive else { return }
      files.append(Found(path: path, facts: facts))
    } else if depth == 0 {
      troubles.append(Trouble(path: path, problem: .notAFile))
    }
  }

  private mutating func list(_ directory: FilePath, root: FilePath, depth: Int) {
    willList(directory)
    do throws(IngestProblem) {
      let names = try system.names(in: directory)
      if !isArchive { rowDirectories.look(at: directory, names, system) }
      for name in names where isArchive ? !Self.isTemporary(name) : !Self.isPassedOver(name) {
        add(entry: directory.appending(name), root: root, depth: depth + 1)
      }
    } catch {
      troubles.append(Trouble(path: directory, problem: error))
    }
  }

  private mutating func add(entry path: FilePath, root: FilePath, depth: Int) {
    do throws(IngestProblem) {
      let facts = try system.facts(of: path, followingLinks: false)
      if facts.isLink {
        links.append((path, root, depth))
      } else {
        add(path, facts, root: root, depth: depth)
      }
    } catch .system(ENOENT) {
      return  // gone since it was listed
    } catch {
      troubles.append(Trouble(path: path, problem: error))
    }
  }

  private mutating func follow(_ link: FilePath, root: FilePath, depth: Int) {
    // A link to nothing is not a file yet.
    guard let target = system.realPath(link) else { return }
    guard target.isWithin(root) else {
      return troubles.append(Trouble(path: link, problem: .outsideRoot))
    }
    do throws(IngestProblem) {
      add(link, try system.facts(of: target, followingLinks: true), root: root, depth: depth)
    } catch {
      troubles.append(Trouble(path: link, problem: error))
    }
  }

  /// Whether an entry of that name is not for us.
  static func isPassedOver(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    name.elementsEqual("CloudTrail-Digest".utf8) || name.elementsEqual("CloudTrail-Insight".utf8)
      || isTemporary(name)
  }

  private static func isTemporary(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    name.first == 0x2e || isBeingDownloaded(name)
  }

  /// aws-cli writes to `x.json.gz.2Af37DEe` and renames it when it is whole.
  private static func isBeingDownloaded(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    let digits = name.suffix(8)
    guard digits.count == 8, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
      return false
    }
    return name.dropLast(8).reversed().starts(with: ".json.gz.".utf8.reversed())
  }
}

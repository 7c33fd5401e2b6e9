internal import Glibc

/// What the system tells of changes in directories: hints of where to look.
final class Notices {
  enum Notice {
    /// Something was written to, or appeared under, this path.
    case changed(FilePath)
    /// Its writer has closed it, or it was moved here whole.
    case finished(FilePath)
    /// A directory appeared.
    case directory(FilePath)
    /// Names went away, or a directory was moved: only a scan can tell.
    case unclear
    /// More happened than could be told.
    case lost
  }

  private let files: any FileSystem
  private var feed: (any ChangeFeed)?
  private var hasRefused = false
  private var directories: [Int32: FilePath] = [:]

  init(_ files: any FileSystem) {
    self.files = files
    feed = files.changeFeed()
  }

  /// For `poll`; -1 where the system gives none.
  var descriptor: Int32 { feed?.descriptor ?? -1 }

  /// Whether every directory asked for is watched.
  var isComplete: Bool { feed != nil && !hasRefused }

  /// Watches a directory; doing so again is cheap and follows one that was renamed.
  func watch(_ directory: FilePath) {
    guard let feed else { return }
    do throws(IngestProblem) {
      let watch = try feed.watch(directory.bytes.isEmpty ? FilePath(".") : directory)
      directories[watch] = directory
    } catch .system(ENOENT), .system(ENOTDIR) {
      return  // gone again: there is nothing to be told of
    } catch {
      hasRefused = true
    }
  }

  /// Forgets that watches were refused: the scan that begins asks again.
  func retry() {
    hasRefused = false
    if feed == nil { feed = files.changeFeed() }
  }

  /// Everything told so far.
  func drain() -> [Notice] {
    var notices: [Notice] = []
    while let changes = feed?.next(), !changes.isEmpty {
      notices += changes.compactMap(notice)
    }
    return notices
  }

  private func notice(of change: Change) -> Notice? {
    switch change.kind {
    case .overflow: return .lost
    case .left: return .unclear
    case .ignored:
      directories[change.watch] = nil
      return nil
    case .touched, .finished, .directory: break
    }
    guard let directory = directories[change.watch], !change.name.isEmpty,
      !FileTree.isPassedOver(change.name)
    else { return nil }
    let path = directory.appending(change.name)
    switch change.kind {
    case .directory: return .directory(path)
    case .finished: return .finished(path)
    default: return .changed(path)
    }
  }
}

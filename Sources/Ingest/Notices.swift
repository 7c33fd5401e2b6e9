internal import CFiles
internal import Glibc

/// What the kernel tells of changes in directories: hints of where to look.
final class Notices {
  enum Notice {
    /// Something was written to, or appeared under, this path.
    case changed(FilePath)
    /// Its writer has closed it, or it was moved here whole.
    case finished(FilePath)
    /// A directory appeared.
    case directory(FilePath)
    /// Names went away, notices were lost, or a directory was moved: only a scan can tell.
    case unclear
  }

  /// -1 where the system gives none.
  let descriptor: Int32
  /// Whether every directory asked for is watched.
  private(set) var isComplete: Bool
  private var directories: [Int32: FilePath] = [:]
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

  init() {
    descriptor = cf_inotify()
    isComplete = descriptor >= 0
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    buffer.deallocate()
  }

  /// Watches a directory; doing so again is cheap and follows one that was renamed.
  func watch(_ directory: FilePath) {
    guard descriptor >= 0 else { return }
    let listed = directory.bytes.isEmpty ? FilePath(".") : directory
    let watch = listed.withCString { cf_watch(descriptor, $0) }
    if watch >= 0 {
      directories[watch] = directory
    } else if errno == ENOSPC || errno == ENOMEM {
      isComplete = false
    }
  }

  /// Forgets that watches were refused: the next scan asks again.
  func retry() { isComplete = descriptor >= 0 }

  /// Everything told so far.
  func drain() -> [Notice] {
    guard descriptor >= 0 else { return [] }
    var notices: [Notice] = []
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return notices }
      var event = cf_event()
      var offset = 0
      while true {
        offset = cf_next_event(buffer.baseAddress, count, offset, &event)
        guard offset > 0 else { break }
        if let notice = notice(of: event) { notices.append(notice) }
      }
    }
  }

  private func notice(of event: cf_event) -> Notice? {
    if event.mask & cf_overflow != 0 { return .unclear }
    if event.mask & cf_ignored != 0 {
      directories[event.watch] = nil
      return nil
    }
    guard event.mask & (cf_self_gone | cf_moved_from | cf_deleted) == 0 else { return .unclear }
    guard let directory = directories[event.watch], event.name_length > 0 else { return nil }
    let name = UnsafeRawBufferPointer(start: event.name, count: event.name_length)
    guard !FileTree.isPassedOver(name) else { return nil }
    let path = directory.appending(name)
    if event.mask & cf_is_directory != 0 { return .directory(path) }
    return event.mask & (cf_closed_write | cf_moved_to) != 0 ? .finished(path) : .changed(path)
  }
}

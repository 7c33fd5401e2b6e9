internal import Ingest
internal import Workers

/// Reads many files, several at a time, and tells how far it is.
final class Sweep {
  private let threads: Int
  private let tell: @Sendable (ReadOnce.Progress) -> Void
  private var progress = ReadOnce.Progress()

  /// For so many files in all, which are so long together.
  init(
    threads: Int, files: Int, bytes: Int64,
    progress tell: @escaping @Sendable (ReadOnce.Progress) -> Void
  ) {
    self.threads = threads
    self.tell = tell
    progress.filesTotal = files
    progress.bytesTotal = bytes
  }

  /// What the threads share.
  private struct Board<Result: Sendable>: Sendable {
    var next = 0
    var results: [Result?]
    var progress: ReadOnce.Progress
    var done = 0
  }

  /// The results of `body` in the order of the files.
  func map<Result: Sendable>(
    _ files: [ArchivedFile], _ body: @escaping @Sendable (ArchivedFile) -> Result
  ) -> [Result] {
    let board = Shared(
      Board<Result>(results: Array(repeating: nil, count: files.count), progress: progress))
    let workers = (0..<max(1, min(threads, files.count))).map { number in
      Worker.start("verifier \(number)") {
        while let index = board.withLock({ Self.take($0.results.count, from: &$0.next) }) {
          let result = body(files[index])
          board.withLock {
            $0.results[index] = result
            $0.progress.filesDone += 1
            $0.progress.bytesDone += files[index].size
          }
        }
        board.withLock { $0.done += 1 }
      }
    }
    var isDone = false
    while !isDone {
      let end = board.wait(atMost: .milliseconds(100)) { $0.done == workers.count ? true : nil }
      isDone = end == true
      progress = board.withLock { $0.progress }
      tell(progress)
    }
    for worker in workers { worker.join() }
    return board.snapshot.results.compactMap { $0 }
  }

  private static func take(_ count: Int, from next: inout Int) -> Int? {
    guard next < count else { return nil }
    defer { next += 1 }
    return next
  }
}

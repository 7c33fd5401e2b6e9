package import Workers

/// Reads every file under some paths once: what `scan` does.
package struct ReadOnce: Sendable {
  /// Bytes done of all there are, for a progress line; called about ten times a second.
  package struct Progress: Sendable, Equatable {
    package var bytesDone: Int64 = 0
    package var bytesTotal: Int64 = 0
    package var filesDone = 0
    package var filesTotal = 0
    package var records: Int64 = 0

    package init() {}
  }

  /// A path that could not be read, and why.
  package struct Unreadable: Sendable, Equatable {
    package var path: String
    package var reason: String
  }

  /// What was read in all.
  package struct Summary: Sendable, Equatable {
    package var files = 0
    package var bytes: Int64 = 0
    package var records: Int64 = 0
    package var badUnits: Int64 = 0
    package var unreadable: [Unreadable] = []
  }

  /// A large file of lines is shared out in ranges of this many bytes.
  static let rangeSize: Int64 = 64 << 20

  private let paths: [String]
  private let reading: Reading
  private let rangeSize: Int64

  package init(paths: [String], reading: Reading) {
    self.init(paths: paths, reading: reading, rangeSize: Self.rangeSize)
  }

  init(paths: [String], reading: Reading, rangeSize: Int64) {
    self.paths = paths
    self.reading = reading
    self.rangeSize = rangeSize
  }

  /// Reads on threads of its own and returns when they are done or `stop` was raised.
  package func run(
    stop: StopFlag, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) -> Summary {
    var tree = FileTree(Kernel())
    for path in paths { tree.add(root: FilePath(path)) }
    let board = Shared(Board(tree))
    // Apart from the board, so that what is noted there wakes nobody.
    let finished = Shared(0)
    let parts = share(tree.files)
    let workers = (0..<reading.readers).map { number in
      Worker.start("reader \(number)") { [reading] in
        let reader = FileReader(reading, number: number, files: Kernel())
        let account = ReadAccount(board)
        while !stop.isRaised {
          let share = board.withLock { $0.take(from: parts, readers: reading.readers) }
          if share.isEmpty { break }
          for part in parts[share] where !stop.isRaised {
            reader.read(part, stop: stop, account: account)
          }
          account.settle()
        }
        finished.withLock { $0 += 1 }
      }
    }
    while true {
      let isDone = finished.wait(atMost: .milliseconds(100)) { $0 == workers.count ? true : nil }
      progress(board.snapshot.progress)
      if isDone == true { break }
    }
    for worker in workers { worker.join() }
    return board.snapshot.summary
  }

  /// The files, large ones of lines in ranges, so that two readers share one.
  private func share(_ files: [FileTree.Found]) -> [FilePart] {
    let sniffer = FileReader(
      Reading(framing: reading.framing, prefilter: reading.prefilter) { _ in NoSink() }, number: 0,
      files: Kernel())
    return files.flatMap { file -> [FilePart] in
      let size = file.facts.size
      guard size >= 2 * rangeSize, reading.readers > 1, sniffer.isLines(file.path) else {
        return [FilePart(path: file.path, size: size, start: 0, end: .max)]
      }
      return stride(from: 0, to: size, by: Int(rangeSize)).map { start in
        let end = start + rangeSize
        return FilePart(path: file.path, size: size, start: start, end: end < size ? end : .max)
      }
    }
  }
}

/// A file to read, or the lines of it that begin in a range.
struct FilePart: Sendable {
  var path: FilePath
  var size: Int64
  var start: Int64
  var end: Int64

  var isWhole: Bool { start == 0 && end == .max }
  /// How many bytes of the file are this part's.
  var byteCount: Int64 { min(end, size) - start }
}

/// What the readers of a run share.
struct Board: Sendable {
  var progress = ReadOnce.Progress()
  var summary = ReadOnce.Summary()
  private var next = 0

  init(_ tree: FileTree) {
    progress.bytesTotal = tree.files.reduce(0) { $0 + $1.facts.size }
    progress.filesTotal = tree.files.count
    summary.unreadable = tree.troubles.map {
      ReadOnce.Unreadable(path: $0.path.shown, reason: $0.problem.sentence)
    }
  }

  /// Bytes and files that are taken at once: of many small ones several, of the last ones each
  /// reader its share.
  private static let shareSize: Int64 = 4 << 20
  private static let mostFiles = 64

  /// What a reader does next; nothing when all is taken.
  mutating func take(from parts: [FilePart], readers: Int) -> Range<Int> {
    let start = next
    let most = max(1, min(Self.mostFiles, (parts.count - next) / (4 * readers)))
    var bytes: Int64 = 0
    while next < parts.count, next - start < most, bytes < Self.shareSize {
      bytes += parts[next].byteCount
      next += 1
    }
    return start..<next
  }
}

/// For a reader that only looks at files.
private final class NoSink: RecordSink {
  func unit(_ bytes: UnsafeRawBufferPointer, at offset: Int64, in path: String) {}
  func checkpoint(_ progress: FileProgress) {}
  func discard() {}
}

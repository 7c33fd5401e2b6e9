internal import Workers

/// Follows files and directories: what `watch` does.
///
/// inotify only wakes it; what is there is found by listing, at start and again and again, so that
/// a lost notice costs a few seconds and nothing else. One thread keeps the books, reader threads
/// read; a file is in the hands of one of them at a time. It runs until `stop`, not until it is let
/// go of.
package final class Follower: Sendable {
  package struct Options: Sendable {
    /// Files or directories, followed recursively.
    package var roots: [String]
    /// Does without inotify, for network file systems.
    package var poll = false
    /// Where earlier runs stopped: path and the bytes of its last committed checkpoint.
    package var checkpoints: [String: [UInt8]] = [:]
    /// Directories and files to pass over, such as the state's own.
    package var excluded: [String] = []
    /// How long bytes without a line feed wait for one before they are taken as they are.
    package var tailPatience: Duration = .seconds(2)

    package init(roots: [String]) { self.roots = roots }
  }

  private let options: Options
  private let reading: Reading
  private let platform: Platform
  private let stopFlag = StopFlag()
  private let messages = Mailbox<FollowerMessage>()
  private let board = Shared(FollowerBoard())
  private let threads = Shared<[Worker]>([])

  package convenience init(_ options: Options, reading: Reading) {
    self.init(options, reading: reading, platform: Platform())
  }

  init(_ options: Options, reading: Reading, platform: Platform) {
    self.platform = platform
    self.options = options
    self.reading = reading
  }

  /// Starts its threads; to be called once.
  package func start() {
    let (options, reading, platform) = (options, reading, platform)
    let (stopFlag, messages, board) = (stopFlag, messages, board)
    let known = KnownContents(options.checkpoints.compactMapValues(ReadMark.init(encoded:)))
    let tasks = Channel<ReaderTask>(capacity: 2 * reading.readers)
    let readers = (0..<reading.readers).map { number in
      Worker.start("reader \(number)") {
        let reader = FileReader(reading, number: number, files: platform.files, known: known)
        while let task = tasks.pop() { messages.post(reader.perform(task, stop: stopFlag)) }
      }
    }
    let books = Worker.start("follower") {
      FollowerLoop(
        options, platform: platform, readers: reading.readers, tasks: tasks, messages: messages,
        board: board
      ).run()
    }
    threads.withLock { $0 = [books] + readers }
  }

  /// Lets what is being read come to a checkpoint, then returns; the sinks must still take it.
  package func stop() {
    stopFlag.raise()
    messages.post(.stop)
    let running = threads.withLock { threads in
      defer { threads = [] }
      return threads
    }
    for thread in running { thread.join() }
  }

  /// Looks at every file again soon, whatever inotify says.
  package func rescan() { messages.post(.rescan(ticket: 0)) }

  /// Scans once more and waits until everything that is there was read.
  ///
  /// - Returns: false when time was up or the follower stopped first.
  package func waitUntilIdle(atMost limit: Duration? = nil) -> Bool {
    let ticket = board.withLock { board in
      board.ticketsGiven += 1
      return board.ticketsGiven
    }
    messages.post(.rescan(ticket: ticket))
    return board.wait(atMost: limit) { board -> Bool? in
      if board.isStopped { return false }
      return board.ticketSettled >= ticket ? true : nil
    } ?? false
  }

  /// Everything that was there at the last scan has been read as far as it can be.
  package var isIdle: Bool { status.isIdle }

  package var status: FollowerStatus { board.snapshot.status }

  /// Every file known, sorted by path; empty when the follower does not run.
  package var files: [FollowedFileStatus] {
    let answer = Shared<[FollowedFileStatus]?>(nil)
    guard !board.snapshot.isStopped, threads.snapshot.isEmpty == false else { return [] }
    messages.post(.list(answer))
    return answer.wait(atMost: .seconds(2)) { $0 } ?? []
  }
}

/// What the follower's own thread is told.
enum FollowerMessage: Sendable {
  case outcome(FollowOutcome)
  case saidGone
  case rescan(ticket: Int)
  case list(Shared<[FollowedFileStatus]?>)
  case stop
}

/// What the follower's thread shows to others.
struct FollowerBoard: Sendable {
  var status = FollowerStatus()
  var ticketsGiven = 0
  /// The last ticket whose scan is done with everything that it found.
  var ticketSettled = 0
  var isStopped = false
}

import Alerts
import Export
import Glibc
import Workers

/// Runs the user's command for each alert, one after the other, with the alert as a line of JSON on
/// its standard input; never a shell.
///
/// Alerts that come faster than the command takes them wait, up to a number; what is beyond it is
/// counted and told.
final class AlertCommand: Sendable {
  private let arguments: [String]
  private let limit: Duration
  private let failed: @Sendable (String) -> Void
  private let queue = Shared(Queue())
  private let worker: Shared<Worker?> = Shared(nil)

  private struct Queue: Sendable {
    var alerts: [Alert] = []
    var dropped = 0
    var isClosed = false
  }

  private static let longestQueue = 200

  /// What sentences call the command.
  private var name: String { arguments[0].split(separator: "/").last.map(String.init) ?? "" }

  /// - Parameters:
  ///   - arguments: the program's path or name, then its arguments.
  ///   - seconds: until the command is ended.
  ///   - failed: called on another thread with a sentence for the analyst.
  init(_ arguments: [String], seconds: Int, failed: @escaping @Sendable (String) -> Void) {
    self.arguments = arguments
    limit = .seconds(seconds)
    self.failed = failed
  }

  func start() {
    let worker = Worker.start("on-finding") { [self] in
      while let alert = next() { run(alert) }
    }
    self.worker.withLock { $0 = worker }
  }

  func take(_ alert: Alert) {
    let dropped = queue.withLock { queue -> Int? in
      guard queue.alerts.count >= Self.longestQueue else {
        queue.alerts.append(alert)
        return nil
      }
      queue.dropped += 1
      return queue.dropped
    }
    if dropped == 1 {
      failed("\(Self.longestQueue) alerts wait for '\(name)'; further ones are passed over")
    }
  }

  /// Ends after the alert that is being told.
  func finish() {
    queue.withLock { $0.isClosed = true }
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
  }

  private func next() -> Alert? {
    queue.wait { queue -> Alert?? in
      if queue.isClosed { return .some(nil) }
      guard !queue.alerts.isEmpty else { return nil }
      queue.dropped = 0
      return .some(queue.alerts.removeFirst())
    } ?? nil
  }

  private func run(_ alert: Alert) {
    let json = TableFormat.ndjson.text(
      of: [SearchResult(searchName: "", table: alert.table)])
    switch ChildProcess.run(arguments, input: Array(json.utf8), atMost: limit) {
    case .ended(0): break
    case .ended(let status): failed("'\(name)' ended with status \(status)")
    case .killed(let signal): failed("'\(name)' ended by signal \(signal)")
    case .overdue: failed("'\(name)' took longer than \(limit) and was ended")
    case .cannotStart(let error):
      failed("'\(name)' cannot be run: \(String(cString: strerror(error)))")
    }
  }
}

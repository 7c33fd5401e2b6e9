import Interface
import SafeText
import Workers

/// The thread that says on standard error, where there is no screen to show it, what the header
/// would: that the disk is full, that a root is gone; and that it is over.
final class TroubleTeller: Sendable {
  private let floor: Floor
  private let isOver = Shared(false)
  private let worker: Shared<Worker?> = Shared(nil)

  private static let interval = Duration.seconds(1)

  init(floor: Floor) { self.floor = floor }

  func start() {
    let worker = Worker.start("trouble") { [self] in
      var said: String?
      repeat {
        let problem = floor.report.problem
        if problem != said { StandardError.write(Self.line(problem)) }
        said = problem
      } while isOver.wait(atMost: Self.interval, until: { $0 ? true : nil }) == nil
    }
    self.worker.withLock { $0 = worker }
  }

  func finish() {
    isOver.withLock { $0 = true }
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
  }

  private static func line(_ problem: String?) -> String {
    "watchfloor: \(problem.map { SafeText.visible($0) } ?? "that is mended, it goes on")\n"
  }
}

import Interface
import SafeText

/// The thread that says on standard error, where there is no screen to show it, what the header
/// would: that the disk is full, that a root is gone; and that it is over.
final class TroubleTeller: Sendable {
  private let floor: Floor
  private let rounds = Rounds()

  private static let interval = Duration.seconds(1)

  init(floor: Floor) { self.floor = floor }

  func start() {
    rounds.start("trouble") { [floor] in
      var said: String?
      return {
        let problem = floor.report.problem
        if problem != said { StandardError.write(Self.line(problem)) }
        said = problem
        return Self.interval
      }
    }
  }

  func finish() { rounds.finish() }

  private static func line(_ problem: String?) -> String {
    "watchfloor: \(problem.map { SafeText.visible($0) } ?? "that is mended, it goes on")\n"
  }
}

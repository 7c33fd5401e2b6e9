import ArgumentParser
import CellGrid
import Events
import Interface
import SafeText
import TerminalUI
import Workers

/// What stands on the screen while rules are read and a state is opened: mostly for the blink of an
/// eye, for longer where a state of an earlier version has to be carried over.
///
/// In the terminal's own colours: the theme may be one that the state knows.
struct Opening: DashboardContent {
  let directory: String
  let isASCII: Bool
  private var began: Timestamp?
  private var seconds: Int64 = 0

  /// Does some work on a thread of its own while the screen says so.
  ///
  /// - Parameters:
  ///   - stage: the terminal.
  ///   - directory: the state that is opened.
  ///   - work: what is done meanwhile.
  /// - Returns: what the work does.
  /// - Throws: what the work throws; an exit code where the user or a signal would not wait.
  static func run<Opened: Sendable>(
    on stage: Stage, directory: String, _ work: @escaping @Sendable () throws -> Opened
  ) throws -> Opened {
    let mailbox = Mailbox<Message>()
    let opened = Shared<Result<Opened, any Error>?>(nil)
    let worker = Worker.start("opening") {
      let result = Result { try work() }
      opened.withLock { $0 = result }
      mailbox.post(.done(""))
    }
    let end = MainActor.assumeIsolated {
      stage.show(
        Opening(directory: directory, isASCII: stage.isASCII),
        options: DashboardOptions(themes: []) { .tick(Clock().now()) }, mailbox: mailbox
      ) { _ in }
    }
    guard let result = opened.snapshot, end == .quit else { throw ExitCode(end.exitCode) }
    worker.join()
    return try result.get()
  }

  private init(directory: String, isASCII: Bool) {
    self.directory = directory
    self.isASCII = isASCII
  }

  var theme: String { "" }

  mutating func start() -> [Effect] { [] }

  mutating func update(_ message: Message) -> [Effect] {
    switch message {
    case .done, .key(.character("q")): return [.quit]
    case .tick(let now):
      began = began ?? now
      seconds = now - (began ?? now)
    default: break
    }
    return []
  }

  func frame(_ size: Size) -> Frame {
    var frame = Frame(size, repertoire: isASCII ? .ascii : .unicode)
    let words = "watchfloor  opening \(directory)"
    frame.put(words, at: Point(x: 0, y: 0), width: size.width)
    if seconds > 0 {
      frame.put(
        "\(seconds) s; q leaves it at that, and the next start goes on", at: Point(x: 12, y: 1),
        width: size.width - 12)
    }
    return frame
  }
}

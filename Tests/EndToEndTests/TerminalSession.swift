import CPseudoTerminal
import Glibc
import Testing

/// A program on a pseudo-terminal of its own, and what its screen shows.
///
/// Nothing sleeps here: a test waits for what it wants to see, and fails where that does not come.
final class TerminalSession {
  /// How a program ended.
  enum End: Equatable {
    case code(CInt)
    case signal(CInt)
    /// It did not end in time.
    case running
  }

  let pid: pid_t
  private let master: CInt
  private(set) var screen: ScreenModel
  private var isOpen = true
  /// What the program works on and must outlive it.
  private let ground: AnyObject?
  /// Where the program says that it is idle.
  private let idle: Pipe?
  private var end: End?
  /// Milliseconds that a test waits for anything before it has failed.
  private static let patience: Int32 = 10_000

  init(
    _ path: String, _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:], on ground: AnyObject? = nil, idle: Pipe? = nil
  ) throws {
    self.ground = ground
    self.idle = idle
    var variables = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent",
    ]
    variables.merge(environment) { $1 }
    var argv: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var master: CInt = -1
    pid = cp_spawn(path, &argv, &envp, UInt16(columns), UInt16(rows), &master)
    self.master = master
    screen = ScreenModel(columns: columns, rows: rows)
    try #require(pid > 0, "'\(path)' could not be started")
  }

  deinit {
    if end == nil {
      kill(pid, SIGKILL)
      var status: CInt = 0
      waitpid(pid, &status, 0)
    }
    if isOpen { close(master) }
  }

  /// The program of that name that was built beside these tests.
  static func built(_ name: String) throws -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &path, path.count - 1)
    try #require(length > 0)
    let own = String(decoding: path[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folder = own.prefix(upTo: own.lastIndex(of: "/") ?? own.endIndex)
    return "\(folder)/\(name)"
  }

  /// Reads until the screen is as wanted; false where that does not come or the program ends.
  @discardableResult
  func wait(until isWanted: (ScreenModel) -> Bool) -> Bool {
    // A clock on the screen keeps on writing, so that silence alone cannot end the waiting.
    let deadline = ContinuousClock.now + .milliseconds(Int(Self.patience))
    while !isWanted(screen) {
      guard ContinuousClock.now < deadline, read(within: Self.patience) else {
        return isWanted(screen)
      }
    }
    return true
  }

  /// Reads until a text is on the screen, and says what is there where it is not.
  func wait(for text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    if wait(until: { $0.text.contains(text) }) { return }
    Issue.record("there is no '\(text)' on\n\(screen.text)", sourceLocation: sourceLocation)
  }

  /// Types a text, its control characters included.
  func type(_ text: String) {
    let written = write(master, text, text.utf8.count)
    #expect(written == text.utf8.count)
  }

  /// Presses one key and waits until all that it asked for is on the screen.
  func press(_ key: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let idle = try #require(idle, "the program was not told where to say that it is idle")
    type(key)
    // The program may only go on when somebody reads what it writes.
    let limit = ContinuousClock.now + .seconds(10)
    while !idle.has("k", within: 20) {
      readWhatIsThere()
      guard ContinuousClock.now < limit else {
        Issue.record("no end of '\(key)' on\n\(screen.text)", sourceLocation: sourceLocation)
        return
      }
    }
    readWhatIsThere()
  }

  func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    #expect(cp_resize(master, UInt16(columns), UInt16(rows)) == 0)
  }

  /// Writes over what the screen shows, as somebody else's output does.
  func scribble() { screen.take("\u{1B}[H\u{1B}[2Jscribble".utf8) }

  func signal(_ number: CInt) { #expect(kill(pid, number) == 0) }

  /// Takes the terminal away, as a lost connection does.
  func hangUp() {
    close(master)
    isOpen = false
  }

  /// Whether the terminal echoes and hands out whole lines.
  var isCooked: Bool { cp_is_cooked(master) == 1 }

  /// Reads on until the program has ended, and says how; without reading, the terminal stays as
  /// full as the program has made it.
  func waitForEnd(reading: Bool = true) -> End {
    if let end { return end }
    let deadline = ContinuousClock.now + .milliseconds(Int(Self.patience))
    while reading, isOpen, ContinuousClock.now < deadline, read(within: Self.patience) {}
    var status: CInt = 0
    guard cp_wait(pid, Self.patience, &status) == 1 else { return .running }
    let signal = status & 0x7F
    let result = signal == 0 ? End.code(status >> 8 & 0xFF) : .signal(signal)
    end = result
    return result
  }

  /// Takes whatever is there already.
  func readWhatIsThere() {
    while read(within: 0) {}
  }

  /// Takes what the program has written; false where nothing comes in time or ever again.
  private func read(within milliseconds: Int32) -> Bool {
    var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, milliseconds) == 1 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = Glibc.read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    screen.take(buffer[..<count])
    return true
  }
}

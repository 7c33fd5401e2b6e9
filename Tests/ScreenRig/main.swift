import Events
import Glibc
import Interface
import TerminalUI
import Workers

/// Ends with a sentence on standard error.
func complain(_ sentence: String) -> Never {
  let text = "ScreenRig: \(sentence)\n"
  _ = write(STDERR_FILENO, text, text.utf8.count)
  exit(2)
}

// ScreenRig [--ascii] [--log FILE] [--idle DESCRIPTOR] [--feed] [--scalars] [--mouse] [--patience SECONDS]
var arguments = CommandLine.arguments.dropFirst()
var onlyASCII = false
var isFed = false
var showsScalars = false
var log: CInt?
var hasMouse = false
var patience: UInt32 = 300
var options = DashboardOptions(themes: Theme.builtIn) { .tick(Timestamp(seconds: 0)) }
while let argument = arguments.popFirst() {
  switch argument {
  case "--ascii": onlyASCII = true
  case "--feed": isFed = true
  case "--scalars": showsScalars = true
  case "--mouse": hasMouse = true
  case "--log":
    log = open(arguments.popFirst() ?? "", O_RDWR | O_CREAT | O_APPEND, 0o600)
  case "--patience": patience = arguments.popFirst().flatMap { UInt32($0) } ?? 0
  case "--idle": options.idle = arguments.popFirst().flatMap { CInt($0) }
  default:
    complain("there is no option '\(argument)'")
  }
}

let mailbox = Mailbox<Message>()
if isFed {
  Task.detached {
    while true {
      mailbox.post(.report(Report()))
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}

do throws(TerminalProblem) {
  let profile = try TerminalProfile.detect(onlyASCII: onlyASCII)
  let scene = RigScene(
    themes: options.themes.map(\.name), isASCII: profile.isASCII, scalars: showsScalars)
  let stage = try Stage(profile, mouse: hasMouse, patience: patience)
  if let log { stage.divertErrors(to: log) }
  let end = stage.show(scene, options: options, mailbox: mailbox, perform: { _ in })
  stage.close()
  exit(end.exitCode)
} catch {
  complain(error.sentence)
}

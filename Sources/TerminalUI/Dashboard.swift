import CTerminal
import CellGrid
import Glibc
import Interface
import Workers

/// The loop: waits, takes everything that has come, then draws once.
final class Dashboard<Shown: DashboardContent> {
  private var content: Shown
  private let screen: CursesScreen
  private let bell: CInt
  /// Seconds that a terminal may take nothing before the program ends.
  private let patience: UInt32
  private let options: DashboardOptions
  private let mailbox: Mailbox<Message>
  private let perform: (Effect) -> Void

  private var keys = KeyDecoder()
  private var pace = FramePace()
  private var end: DashboardEnd?
  /// Whether a text is being entered, so that a paste has a place to go.
  private var takesText = false
  private var nextTick = ContinuousClock.now
  private var stuckSince: ContinuousClock.Instant?
  private var wasIdle = false
  /// Whether a key has been answered since the last word of idleness.
  private var hadKeys = false

  init(
    _ content: Shown, screen: CursesScreen, bell: CInt, patience: UInt32,
    options: DashboardOptions, mailbox: Mailbox<Message>, perform: @escaping (Effect) -> Void
  ) {
    self.content = content
    self.screen = screen
    self.bell = bell
    self.patience = patience
    self.options = options
    self.mailbox = mailbox
    self.perform = perform
  }

  func run() -> DashboardEnd {
    _ = screen.followSize()
    update(.resized(screen.size))
    tick()
    handle(content.start())
    pace.asked(urgently: true)
    while true {
      if let end { return end }
      drawIfDue()
      tellIdle()
      let ready = wait()
      if ready.hasHungUp { return .hangUp }
      answerSignals()
      if ready.hasKeys { takeKeys() }
      for message in mailbox.drain() { update(message) }
      if ContinuousClock.now >= nextTick { tick() }
    }
  }

  private func update(_ message: Message) {
    handle(content.update(message))
    pace.asked(urgently: false)
    wasIdle = false
  }

  private func handle(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit: end = .quit
      case .repaint: screen.repaint()
      case .suspend: suspend()
      case .copy(let text): screen.copy(text)
      case .ring(let bell, let notification): screen.ring(bell: bell, notification)
      default: perform(effect)
      }
    }
  }

  private func takeKeys() {
    for stroke in keys.strokes(from: screen.nextInput) {
      switch stroke {
      case .key(let key): update(.key(key))
      case .paste(let text) where takesText:
        for character in text { update(.key(.character(character))) }
      case .pointer(let act, let point): update(.pointer(act, point))
      // A pasted text is no list of commands.
      case .paste: break
      }
    }
    pace.asked(urgently: true)
    hadKeys = true
    wasIdle = false
  }

  private func answerSignals() {
    let rung = Int(ct_rung())
    if rung & CT_END != 0 { end = .signal(ct_end_signal()) }
    if rung & CT_SUSPEND != 0 { suspend() }
    if rung & CT_CONTINUED != 0 {
      screen.resume()
      followSize()
      pace.asked(urgently: true)
    }
    if rung & CT_RESIZED != 0 { followSize() }
  }

  private func suspend() {
    screen.suspend()
    // That SIGCONT has been answered.
    _ = ct_rung()
    followSize()
    pace.asked(urgently: true)
  }

  private func followSize() {
    if screen.followSize() { update(.resized(screen.size)) }
  }

  private func tick() {
    update(options.tick())
    let now = ContinuousClock.now
    // From the last tick on, so that no second is left out by and by.
    nextTick += .seconds(1)
    if nextTick < now { nextTick = now + .seconds(1) }
  }

  private func drawIfDue() {
    let now = ContinuousClock.now
    guard end == nil, let due = pace.due(at: now), due <= now else { return }
    guard screen.isWritable else {
      let since = stuckSince ?? now
      stuckSince = since
      if since.duration(to: now) > .seconds(Int(patience)) { end = .stuck }
      return
    }
    stuckSince = nil
    let frame = content.frame(screen.size)
    takesText = frame.cursor != nil
    let sent = screen.show(frame, theme: options.theme(named: content.theme))
    pace.drawn(at: .now, sent: sent)
  }

  /// Says so once, each time that there is nothing more to come.
  private func tellIdle() {
    guard let idle = options.idle, end == nil, !wasIdle, !pace.isWanted, options.isQuiet() else {
      return
    }
    wasIdle = true
    _ = write(idle, hadKeys ? "k" : ".", 1)
    hadKeys = false
  }

  private struct Ready {
    var hasKeys: Bool
    var hasHungUp: Bool
  }

  private func wait() -> Ready {
    let isStuck = stuckSince != nil
    var waited = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
      pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isStuck ? STDOUT_FILENO : -1, events: Int16(POLLOUT), revents: 0),
    ]
    let now = ContinuousClock.now
    var until = nextTick
    if !isStuck, let frame = pace.due(at: now) { until = min(until, frame) }
    let left = now.duration(to: until)
    let milliseconds =
      left <= .zero
      ? 0 : left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
    _ = poll(&waited, nfds_t(waited.count), CInt(milliseconds))
    let gone = Int16(POLLHUP | POLLERR | POLLNVAL)
    return Ready(
      hasKeys: waited[0].revents & Int16(POLLIN) != 0,
      hasHungUp: waited[0].revents & gone != 0 || waited[3].revents & gone != 0)
  }
}

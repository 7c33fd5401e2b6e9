import Alerts
import Configuration
import Events
import Findings
import Interface
import SafeText
import Storage

/// The thread that looks, whenever the store has changed, for what is worth an alert.
///
/// The terminal is rung by the screen, the user's command is run from here; both only where they
/// were asked for.
final class AlertWatch: Sendable {
  private let floor: Floor
  private let answers: Answers
  private let command: AlertCommand?
  private let tell: @Sendable (Alert) -> Void
  private let lagMinutes: Int
  private let rounds = Rounds()

  /// A look at the users' sums is not for every commit.
  private static let interval = Duration.seconds(1)
  /// How often it is looked whether logs wait too long, while nothing is found.
  private static let restInterval = Duration.seconds(10)

  /// `tell` is called on the watch's thread, `failed` on some thread when the user's command cannot
  /// do its work.
  init(
    floor: Floor, answers: Answers, settings: AlertSettings,
    tell: @escaping @Sendable (Alert) -> Void, failed: @escaping @Sendable (String) -> Void
  ) {
    self.floor = floor
    self.answers = answers
    self.tell = tell
    lagMinutes = settings.lagMinutes
    command =
      settings.command.isEmpty
      ? nil : AlertCommand(settings.command, seconds: settings.seconds, failed: failed)
  }

  /// A watch without a screen: what is said goes to standard error.
  convenience init(floor: Floor, alerts settings: AlertSettings) {
    let say: @Sendable (String) -> Void = {
      StandardError.write("watchfloor: \(SafeText.visible($0))\n")
    }
    self.init(
      floor: floor, answers: Answers(store: floor.store, rules: floor.rules, clock: floor.clock),
      settings: settings,
      tell: { say("alert: " + $0.sentence) }, failed: say)
  }

  func start() {
    command?.start()
    rounds.start("alerts", atLeast: Self.interval) { [self] in
      var look = Look(
        judge: AlertJudge(threshold: RiskThreshold.score, lagMinutes: lagMinutes))
      return { [self] in watch(&look) }
    }
  }

  /// Called when the store has something new.
  func storeChanged() { rounds.ring() }

  func finish() {
    rounds.finish()
    command?.finish()
  }

  /// Looks once; answers how long nothing has to be looked at unless something is found.
  private func watch(_ look: inout Look) -> Duration {
    // A store that cannot be read is told by the screen; the next look may do.
    for alert in (try? look.alerts(floor, answers)) ?? [] {
      tell(alert)
      command?.take(alert)
    }
    return look.wasLive && look.bytesBehind == 0 ? Self.restInterval : Self.interval
  }

  /// What is known from one look to the next.
  private struct Look {
    var judge: AlertJudge
    var newest: Int64?
    var version: Int64?
    /// Whether everything that was there at the start has been read.
    var hasCaughtUp = false
    var wasLive = false
    var bytesBehind: Int64 = 0

    mutating func alerts(_ floor: Floor, _ answers: Answers) throws -> [Alert] {
      let report = floor.report
      let clock = floor.clock.now()
      let isIdle = floor.isIdle
      hasCaughtUp = hasCaughtUp || isIdle
      // What was committed since the last look may still be of a catch-up that has just ended.
      let isLive = report.progress == .live && wasLive
      wasLive = hasCaughtUp && report.progress == .live
      bytesBehind = report.bytesBehind
      var alerts = judge.lag(bytesBehind: report.bytesBehind, at: clock)
      let version = try answers.store.version()
      guard version != self.version || newest == nil else { return alerts }
      self.version = version
      let asOf = try answers.asOf(clock)
      let arrivals = try answers.store.arrivals(after: newest, at: asOf, now: clock)
      newest = arrivals.newest
      alerts += judge.findings(arrivals.rows, isLive: isLive)
      let query = Query(
        range: Findings.TimeRange(from: asOf - 86_400, to: asOf),
        sort: Sort(.risk, descending: true), limit: 500)
      if case .users(let page) = try answers.store.answer(.users(query)) {
        alerts += judge.users(page.lines, isLive: isLive)
      }
      return alerts
    }
  }
}

/// What the user wants done for an alert beside the screen.
struct AlertSettings: Sendable {
  var command: [String]
  var seconds: Int
  var lagMinutes: Int
}

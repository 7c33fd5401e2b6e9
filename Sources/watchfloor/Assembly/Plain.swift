import Events
import Findings
import Glibc
import SafeText
import Storage
import Workers

/// `--plain`: lines of text for screen readers, pipes and terminals that cannot place text.
///
/// First what there is in a sentence and the newest rows, then a line for each row that comes or
/// changes, until SIGTERM or SIGINT.
struct Plain {
  let floor: Floor
  let alerts: AlertSettings

  /// Rows told at the start, and the most that one change can tell.
  private static let newest = 20
  private static let page = 500

  func run() throws {
    let news = Shared(true)
    let signals = EndSignals()
    floor.start { news.withLock { $0 = true } }
    let alertWatch = AlertWatch(floor: floor, alerts: alerts)
    alertWatch.start()
    let isOver = Shared(false)
    let teller = Worker.start("plain") {
      var told: [RowID: Int] = [:]
      while !isOver.snapshot {
        let hasNews = news.wait(atMost: .seconds(1)) { news in
          defer { news = false }
          return news ? true : nil
        }
        if hasNews == true { tell(&told) }
      }
    }
    let signal = signals.wait()
    isOver.withLock { $0 = true }
    teller.join()
    alertWatch.finish()
    floor.finish()
    if signal == SIGINT { exit(130) }
  }

  /// Says what is new since `told`, which holds the count of each row as it was said.
  private func tell(_ told: inout [RowID: Int]) {
    do {
      let asOf = try Answers(store: floor.store, rules: floor.rules, clock: floor.clock).asOf(
        floor.clock.now())
      let range = Findings.TimeRange(from: nil, to: asOf)
      let isFirst = told.isEmpty
      let sort = Sort(.last, descending: true)
      guard
        case .rows(let page) = try floor.store.answer(
          .rows(Query(range: range, sort: sort, limit: Self.page)))
      else { return }
      if isFirst, !page.lines.isEmpty { try tellOverview(Query(range: range)) }
      let new = isFirst ? page.lines.prefix(Self.newest) : page.lines[...]
      let before = told
      // Of older rows it need not be known what was told: they come back only when they change.
      told = Dictionary(page.lines.map { ($0.id, $0.count) }) { first, _ in first }
      for line in new.reversed() where before[line.id] != line.count {
        StandardOutput.write(Self.words(for: line) + "\n")
      }
    } catch {
      StandardError.write("watchfloor: \(sentence(of: error))\n")
    }
  }

  private func tellOverview(_ query: Query) throws {
    guard case .overview(let overview) = try floor.store.answer(.overview(query)) else { return }
    let severities = ["CRITICAL", "HIGH"].map { "\($0) \(overview.severities[$0] ?? 0)" }
    StandardOutput.write(
      "watchfloor: " + severities.joined(separator: ", ")
        + ", \(overview.repositories) repositories, \(overview.users) users\n")
  }

  /// A row in words: when, what, where, who.
  ///
  /// `2026-03-16 11:35:00 HIGH CVE-2026-21001 openssl 3.0.11 in payments/api, read by deploy-bot`
  private static func words(for line: RowLine) -> String {
    func role(_ role: PaneRole) -> String? { line.roles[role].map { SafeText.visible($0) } }
    let package = [role(.package), role(.version)].compactMap { $0 }.joined(separator: " ")
    let what = [role(.severity), role(.finding) ?? line.rule, package.isEmpty ? nil : package]
    var text = "\(line.lastSeen.date) \(line.lastSeen.timeOfDay) "
    text += what.compactMap { $0 }.joined(separator: " ")
    if let repository = role(.repository) { text += " in \(repository)" }
    text += ", read by \(role(.user) ?? "(no user)")"
    if let source = role(.source) { text += " from \(source)" }
    if line.count > 1 { text += ", \(line.count) times" }
    return text + (line.marks.isEmpty ? "" : " (\(line.marks.joined(separator: "; ")))")
  }
}

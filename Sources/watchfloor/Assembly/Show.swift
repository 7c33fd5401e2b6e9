import Alerts
import ArgumentParser
import DetectionEngine
import Events
import Interface
import Storage
import TerminalUI
import Workers

/// The dashboard over a floor: carries effects to the desk and news to the screen.
struct Show {
  let floor: Floor
  let stage: Stage
  let options: ScreenOptions
  let alerts: AlertSettings
  var ring = Ring()

  func run() throws {
    let log = try OwnLog(directory: floor.store.directory)
    MainActor.assumeIsolated { stage.divertErrors(to: log.descriptor) }
    let mailbox = Mailbox<Message>()
    let answers = Answers(store: floor.store, rules: floor.rules, clock: floor.clock)
    let news = News(floor: floor, answers: answers, mailbox: mailbox)
    let watch = RuleWatch(floor: floor) { before, now in
      news.rulesChanged()
      now.news(since: before, note: floor.rules.note).map(mailbox.post)
    }
    let ruleErrands = RuleErrands(floor: floor, mailbox: mailbox) {
      watch.ring()
      news.rulesChanged()
    }
    let desk = Desk(answers, mailbox: mailbox, rules: ruleErrands)
    mailbox.post(.rules(floor.rules.current.roster.cards))
    desk.start()
    if floor.store.access == .writer { try floor.takeSuppressions() }
    news.start()
    let alertWatch = AlertWatch(floor: floor, answers: answers, settings: alerts) {
      mailbox.post(.alert($0.sentence))
    } failed: {
      mailbox.post(.failed(Notice($0)))
    }
    floor.start {
      news.storeChanged()
      alertWatch.storeChanged()
    }
    watch.start()
    alertWatch.start()
    defer {
      alertWatch.finish()
      watch.finish()
      news.finish()
      desk.finish()
      floor.finish()
    }
    let clock = floor.clock
    var settings = options.drawing.settings(isASCII: MainActor.assumeIsolated { stage.isASCII })
    settings.ring = ring
    settings.keepsSession = floor.store.access == .writer
    settings.session = try floor.store.setting("session")
    let state = State(settings: settings, clock: clock.now())
    let end = MainActor.assumeIsolated {
      var dashboard = DashboardOptions(themes: Themes.all) { .tick(clock.now()) }
      dashboard.idle = options.idleDescriptor
      dashboard.isQuiet = { [floor] in floor.isIdle && desk.isIdle && news.isIdle }
      let end = stage.show(state, options: dashboard, mailbox: mailbox) { desk.take($0) }
      // Before anything that may take its time: the shell is wanted now.
      stage.close()
      return end
    }
    switch end {
    case .quit: return
    case .stuck: throw Failure("the terminal takes nothing any more")
    case .signal, .hangUp: throw ExitCode(end.exitCode)
    }
  }
}

extension LoadedRules {
  /// What should be said where files of rules have changed; nil where just a switch was turned.
  fileprivate func news(since before: LoadedRules, note: String?) -> Message? {
    if let note { return .failed(Notice(note)) }
    let edited = roster.compiled.filter { name, rule in
      before.roster.compiled[name].map { $0.planHash != rule.planHash } ?? false
    }.keys.sorted()
    guard let first = edited.first else { return nil }
    let others = edited.count > 1 ? " and \(edited.count - 1) more" : ""
    return .done("'\(first)'\(others) runs as its file says now")
  }
}

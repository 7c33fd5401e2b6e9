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
  let terminal: TerminalProfile
  let options: ScreenOptions
  var alerts = AlertOptions()

  func run() throws {
    let mailbox = Mailbox<Message>()
    let answers = Answers(store: floor.store, rules: floor.rules)
    let desk = Desk(answers, mailbox: mailbox)
    let news = News(floor: floor, answers: answers, mailbox: mailbox)
    mailbox.post(.rules(floor.ruleCards))
    desk.start()
    news.start()
    floor.start { news.storeChanged() }
    let watch = RuleWatch(floor: floor) { _ in mailbox.post(.rules(floor.ruleCards)) }
    watch.start()
    let alertWatch = AlertWatch(floor: floor, answers: answers, settings: alerts.settings) {
      mailbox.post(.alert($0.sentence))
    } failed: {
      mailbox.post(.failed(Notice($0)))
    }
    alertWatch.start()
    defer {
      alertWatch.finish()
      watch.finish()
      news.finish()
      desk.finish()
      floor.finish()
    }
    let clock = floor.clock
    var settings = options.settings(isASCII: terminal.isASCII)
    settings.ring = alerts.ring
    settings.keepsSession = floor.store.access == .writer
    settings.session = try floor.store.setting("session")
    let state = State(settings: settings, clock: clock.now())
    let log = try OwnLog(directory: floor.store.directory)
    let end = try MainActor.assumeIsolated {
      var dashboard = DashboardOptions(tick: { .tick(clock.now()) })
      dashboard.themes = Themes.all
      dashboard.log = log.descriptor
      dashboard.idle = options.idleDescriptor
      dashboard.isQuiet = { [floor] in floor.isIdle && desk.isIdle && news.isIdle }
      do throws(TerminalProblem) {
        return try runDashboard(
          state, on: terminal, options: dashboard, mailbox: mailbox
        ) { desk.take($0) }
      } catch {
        throw Failure(error.sentence, status: .wrongUse)
      }
    }
    switch end {
    case .quit: return
    case .stuck: throw Failure("the terminal takes nothing any more")
    case .signal, .hangUp: throw ExitCode(end.exitCode)
    }
  }
}

import ArgumentParser
import Configuration
import Interface

/// What is done for a new CRITICAL or HIGH finding, a crossed threshold, a log file that cannot be
/// trusted, logs that wait for too long.
struct AlertOptions: ParsableArguments {
  @Flag(help: "Ring the terminal's bell for an alert, at most once a minute.")
  var bell = false

  @Option(
    help: ArgumentHelp(
      "Send an alert to the desktop: osc9 or osc777, at most once a minute.", valueName: "way"))
  var notify: Notification.Way?

  @Option(
    name: .customLong("on-finding"),
    help: ArgumentHelp(
      "Run this for each alert, with the alert as JSON on standard input, never by a shell; "
        + "repeat it for the command's arguments.", valueName: "command"))
  var onFinding: [String] = []

  /// What the terminal does.
  var ring: Ring {
    let configuration = UserConfiguration.current
    return Ring(
      bell: bell || configuration.isOn(.bell),
      notification: notify
        ?? configuration.text(.notify).flatMap(Notification.Way.init(rawValue:)))
  }

  /// What is done beside.
  var settings: AlertSettings {
    let configuration = UserConfiguration.current
    return AlertSettings(
      command: onFinding.isEmpty ? configuration.list(.onFinding) : onFinding,
      seconds: configuration.whole(.onFindingSeconds),
      lagMinutes: configuration.whole(.lagMinutes))
  }
}

extension Notification.Way: ExpressibleByArgument {}

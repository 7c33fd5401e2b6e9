import ArgumentParser
import Configuration
import Events
import Interface

/// `watchfloor [watch]`: follow the logs, keep what they show, on the screen or without one.
struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Follow logs and show the dashboard (what runs when no verb is given).",
    discussion: """
      Files and directories are followed recursively: new files, new directories and appended \
      lines are seen as they come. What was read is remembered, so that the next start goes on \
      where this one stopped. A second watchfloor on the same paths only looks. \
      A directory of rows that a job on a cluster wrote is followed alike (docs/rows.md).

        watchfloor /var/log/cloudtrail
        watchfloor watch --headless /var/log/cloudtrail
        watchfloor watch --public-keys keys-eu-west-1.json AWSLogs/
        watchfloor /mnt/rows
      """)

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var stateOptions: StateOptions

  @Flag(help: "Follow and store without a screen; a dashboard on the same paths then shows it.")
  var headless = false

  @Flag(help: "Print a line of text for each row instead: for screen readers and pipes.")
  var plain = false

  @Flag(help: "Look at the files again and again instead of asking the kernel to tell.")
  var poll = false

  @Option(
    name: .customLong("public-keys"),
    help: ArgumentHelp(
      "Verify log files by CloudTrail's digests as they come, with what 'aws cloudtrail "
        + "list-public-keys' printed; may be repeated. A changed or missing file is a finding.",
      valueName: "file"),
    completion: .file())
  var keyFiles: [String] = []

  @OptionGroup var alertOptions: AlertOptions
  @OptionGroup var screenOptions: ScreenOptions
  @OptionGroup var clockOptions: ClockOptions
  @OptionGroup var arguments: PathArguments

  func validate() throws {
    if headless, plain {
      throw ValidationError("found --headless and --plain, expected one of them")
    }
  }

  func run() throws {
    Memory.sharePools()
    let paths =
      arguments.paths.isEmpty ? UserConfiguration.current.list(.paths) : arguments.paths
    guard !paths.isEmpty else { throw Failure(FirstRun.card, status: .wrongUse) }
    let roots = try realPaths(paths)
    let keyPaths = keyFiles.isEmpty ? UserConfiguration.current.list(.publicKeys) : keyFiles
    let keys = keyPaths.isEmpty ? nil : try IntegrityCheck.keys(in: keyPaths)
    let directory = stateOptions.directory(for: roots)
    let source = ruleOptions.source(state: directory)
    let clock = Clock(startingAt: clockOptions.now)
    let polls = poll || UserConfiguration.current.isOn(.poll)
    let opening = { @Sendable in
      var source = source
      if keys != nil { source.wanted = [IntegrityWatch.rule] }
      let rules = try LoadedRules(source)
      for problem in rules.problems + Themes.problems { StandardError.write(problem + "\n") }
      return try Floor(
        roots: roots, store: StateOptions.store(in: directory, for: roots), rules: rules,
        clock: clock, poll: polls, publicKeys: keys)
    }
    if headless {
      try Headless(floor: opening(), alerts: alertOptions.settings).run()
    } else if plain {
      try Plain(floor: opening(), alerts: alertOptions.settings).run()
    } else {
      try screenOptions.withStage { stage in
        let floor = try Opening.run(on: stage, directory: directory ?? "a state for now", opening)
        try Show(
          floor: floor, stage: stage, options: screenOptions, alerts: alertOptions.settings,
          ring: alertOptions.ring
        ).run()
      }
    }
  }
}

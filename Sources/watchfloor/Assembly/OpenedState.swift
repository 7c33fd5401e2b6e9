import Events
import Storage

/// A state for a command that only reads: one that is there, or a temporary one of some paths.
struct OpenedState {
  let answers: Answers
  let clock: Clock

  /// - Throws: `Failure` where there is none.
  init(
    _ options: StateOptions, rules ruleOptions: RuleOptions, paths: [String], clock now: Timestamp?
  ) throws {
    clock = Clock(startingAt: now)
    if options.noState {
      guard !paths.isEmpty else {
        throw Failure(
          "found --no-state without a path: there is nothing to read", status: .wrongUse)
      }
      let rules = try LoadedRules(ruleOptions.source())
      let roots = try realPaths(paths)
      let store = try Store.temporary(roots: roots)
      let floor = try Floor(roots: roots, store: store, rules: rules, clock: clock)
      floor.start {}
      floor.readWhatIsThere()
      floor.finish()
      answers = Answers(store: store, rules: RuleBook(rules), clock: clock)
      return
    }
    guard let directory = try options.knownDirectory(for: paths) else {
      throw Failure(
        "no state has been used yet; name a path that was watched, a state with --state DIR, "
          + "or --no-state and a path to read it now", status: .wrongUse)
    }
    let rules = try LoadedRules(ruleOptions.source(state: directory))
    answers = Answers(
      store: try Store.open(directory: directory, mode: .viewer), rules: RuleBook(rules),
      clock: clock)
  }
}

import ArgumentParser

/// `watchfloor manual`: the manual page, for the installer.
struct Manual: ParsableCommand, NeedsNoConfiguration {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page.",
    discussion: """
        watchfloor manual | man -l -
      """)

  func run() throws { StandardOutput.write(try ManualPage().text) }
}

import ArgumentParser
import Interface

/// `watchfloor keys`: what each key does.
struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Print what each key of the dashboard does, as Markdown.",
    discussion: """
      The same table drives the dashboard itself.

        watchfloor keys | less
      """)

  func run() throws { StandardOutput.write(Bindings.markdown) }
}

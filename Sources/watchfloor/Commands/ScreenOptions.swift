import ArgumentParser
import Configuration
import Interface
import TerminalUI

/// How the dashboard is drawn on a terminal, and listens there.
struct ScreenOptions: ParsableArguments {
  @OptionGroup var drawing: DrawingOptions

  @Flag(help: "Let the mouse select, scroll and click.")
  var mouse = false

  @Option(
    name: .customLong("idle-fd"),
    help: ArgumentHelp(
      "Write a byte to this descriptor whenever nothing is left to do: for tests.",
      visibility: .hidden))
  var idleDescriptor: Int32?

  var listensToMouse: Bool { mouse || UserConfiguration.current.isOn(.mouse) }

  /// Takes the terminal for a while.
  ///
  /// It is given back before an error goes on, which is to be read on it.
  ///
  /// - Throws: a failure of use where it can show no dashboard.
  func withStage(_ body: (Stage) throws -> Void) throws {
    let stage = try MainActor.assumeIsolated {
      do throws(TerminalProblem) {
        return try Stage(TerminalProfile.detect(onlyASCII: drawing.isASCII), mouse: listensToMouse)
      } catch {
        throw Failure(error.sentence, status: .wrongUse)
      }
    }
    defer { MainActor.assumeIsolated { stage.close() } }
    try body(stage)
  }
}

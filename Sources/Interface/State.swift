package import CellGrid
package import Events

/// Everything that the screen knows: plain values, changed by `update` alone.
package struct State: Equatable, Sendable {
  package var settings: ScreenSettings
  package var size = Size(width: 80, height: 24)
  package var clock: Timestamp

  package init(settings: ScreenSettings, clock: Timestamp) {
    self.settings = settings
    self.clock = clock
  }

  /// The theme to draw with; `T` changes it.
  package var theme: String { settings.theme }

  /// What to ask for at the start.
  package mutating func start() -> [Effect] { fatalError("not yet written") }

  package mutating func update(_ message: Message) -> [Effect] { fatalError("not yet written") }

  package func frame(_ size: Size) -> Frame { fatalError("not yet written") }
}

package import CellGrid
package import Interface

/// What a dashboard shows and steers: the interface's state, or a smaller one.
package nonisolated protocol DashboardContent {
  /// Name of the theme to draw with.
  var theme: String { get }
  mutating func start() -> [Effect]
  mutating func update(_ message: Message) -> [Effect]
  func frame(_ size: Size) -> Frame
}

extension State: DashboardContent {}

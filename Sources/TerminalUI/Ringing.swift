import CTerminal
import Interface
import SafeText

extension CursesScreen {
  /// The longest text of a notification, in bytes.
  private nonisolated static let longestNotification = 400

  /// Rings the bell, and hands a text to the desktop where a notification is given.
  func ring(bell: Bool, _ notification: Notification?) {
    if bell { send([0x07]) }
    if let notification { send(Self.sequence(of: notification)) }
  }

  /// OSC 9 takes a text; OSC 777 a command, a title and a text, parted by semicolons.
  ///
  /// A semicolon of the text, which some terminals take for an end, becomes a comma.
  nonisolated static func sequence(of notification: Notification) -> [UInt8] {
    let safe = SafeText.visible(notification.text).replacing(";", with: ",")
    var text = Array(safe.utf8.prefix(longestNotification))
    // Not half a character at the end.
    while String(validating: text, as: UTF8.self) == nil { text.removeLast() }
    let start =
      switch notification.kind {
      case .osc9: "\u{1B}]9;"
      case .osc777: "\u{1B}]777;notify;watchfloor;"
      }
    return Array(start.utf8) + text + [0x07]
  }

  /// Writes what is no part of the picture.
  func send(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { raw in
      guard let start = raw.baseAddress else { return }
      ct_send(start.assumingMemoryBound(to: CChar.self), raw.count)
    }
  }
}

/// Every setting's value and where it comes from: a variable of the environment over the file over
/// the default.
///
/// What the command line says stands over all of them and is the commands' own affair.
package struct Configuration: Equatable, Sendable {
  package enum Origin: Equatable, Sendable {
    case fallback
    /// The file's path and the line.
    case file(String, line: Int)
    case environment(String)

    /// `default`, `/home/ana/.config/watchfloor/config.yml:3`, `WATCHFLOOR_THEME`.
    package var shown: String {
      switch self {
      case .fallback: "default"
      case .file(let path, let line): "\(path):\(line)"
      case .environment(let variable): variable
      }
    }
  }

  package struct Entry: Equatable, Sendable {
    package var value: SettingValue
    package var origin: Origin
  }

  private var entries: [Setting: Entry] = [:]

  /// Nothing is set.
  package init() {}

  package subscript(_ setting: Setting) -> Entry {
    entries[setting] ?? Entry(value: setting.fallback, origin: .fallback)
  }

  mutating func set(_ setting: Setting, to value: SettingValue, from origin: Origin) {
    entries[setting] = Entry(value: value, origin: origin)
  }

  /// Nil where it is empty.
  package func text(_ setting: Setting) -> String? {
    guard case .text(let text) = self[setting].value, !text.isEmpty else { return nil }
    return text
  }

  package func isOn(_ setting: Setting) -> Bool { self[setting].value == .truth(true) }

  package func whole(_ setting: Setting) -> Int {
    guard case .whole(let number) = self[setting].value else { return 0 }
    return number
  }

  package func list(_ setting: Setting) -> [String] {
    guard case .list(let items) = self[setting].value else { return [] }
    return items
  }
}

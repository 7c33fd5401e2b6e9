/// Makes a setting's value out of texts, wherever they stand.
struct SettingReader {
  /// What `~/` stands for.
  let home: String

  /// Why a text cannot be a value, and what would be near.
  struct Refusal: Error, Equatable {
    var message: String
    var candidates: [String] = []
  }

  /// One text where the setting has one value, each item where it has a list.
  func value(of setting: Setting, _ texts: [String]) throws(Refusal) -> SettingValue {
    switch setting.kind {
    case .paths:
      var paths: [String] = []
      for text in texts { paths.append(try path(text, of: setting)) }
      return .list(paths)
    case .command: return .list(texts)
    default: return try single(setting, texts.first ?? "")
    }
  }

  private func single(_ setting: Setting, _ text: String) throws(Refusal) -> SettingValue {
    switch setting.kind {
    case .truth:
      switch text {
      case "true", "True", "yes", "on", "1": return .truth(true)
      case "false", "False", "no", "off", "0": return .truth(false)
      default: throw refusal(setting, text, expected: "true or false")
      }
    case .whole(let range):
      guard let number = Int(text), range.contains(number) else {
        throw refusal(
          setting, text, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return .whole(number)
    case .choice(let words):
      guard words.contains(text) else {
        throw Refusal(
          message: refusal(setting, text, expected: list(words)).message, candidates: words)
      }
      return .text(text)
    case .path: return .text(try path(text, of: setting))
    case .text, .paths, .command: return .text(text)
    }
  }

  private func path(_ text: String, of setting: Setting) throws(Refusal) -> String {
    if text.hasPrefix("/") { return text }
    if text.hasPrefix("~/") { return home + text.dropFirst() }
    // A relative path would mean another directory in every shell.
    throw refusal(setting, text, expected: "a path from / or ~/")
  }

  private func refusal(_ setting: Setting, _ text: String, expected: String) -> Refusal {
    Refusal(message: "'\(setting.rawValue)' is '\(text)', expected \(expected)")
  }

  /// `off, osc9 or osc777`.
  private func list(_ words: [String]) -> String {
    words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
  }
}

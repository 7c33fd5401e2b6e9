package import Diagnostics
import Documents

/// The configuration file: a YAML mapping whose keys are the settings.
package enum ConfigurationFile {
  /// Sets in a configuration what a file's text says; `home` is what `~/` stands for.
  ///
  /// - Throws: everything that is wrong with it at once, in `SourceText(name:text:)`.
  package static func apply(
    _ text: String, name: String, home: String, to configuration: inout Configuration
  ) throws(Problems) {
    guard saysAnything(text) else { return }
    let document = try Document(text, name: name)
    let problems = DocumentProblems()
    let reader = SettingReader(home: home)
    let fields = DocumentFields(document.root, what: "the configuration", problems: problems)
    for entry in fields?.entries ?? [] {
      guard let setting = setting(of: entry, problems), let fields, fields.has(entry.key) else {
        continue
      }
      guard let texts = texts(of: setting, entry, problems) else { continue }
      do throws(SettingReader.Refusal) {
        configuration.set(
          setting, to: try reader.value(of: setting, texts),
          from: .file(name, line: document.lineNumber(at: entry.keySpan.lowerBound)))
      } catch {
        problems.error(
          "wrong-setting", error.message, at: entry.value.span,
          help: nearest(to: texts.first ?? "", in: error.candidates)
            .map { "did you mean '\($0)'?" })
      }
    }
    guard problems.errors.isEmpty else { throw Problems(problems.errors) }
  }

  /// A file of comments alone sets nothing, which is no mistake.
  private static func saysAnything(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).contains { line in
      let words = line.drop { $0 == " " || $0 == "\t" }
      return !words.isEmpty && !words.hasPrefix("#")
    }
  }

  private static func setting(of entry: DocumentEntry, _ problems: DocumentProblems) -> Setting? {
    if let setting = Setting(rawValue: entry.key) { return setting }
    let meant = nearest(to: entry.key, in: Setting.allCases.map(\.rawValue))
    problems.error(
      "unknown-setting", "there is no setting '\(entry.key)'", at: entry.keySpan,
      help: meant.map { "did you mean '\($0)'?" } ?? "watchfloor config template")
    return nil
  }

  private static func texts(
    of setting: Setting, _ entry: DocumentEntry, _ problems: DocumentProblems
  ) -> [String]? {
    switch (entry.value.content, setting.isList) {
    case (.scalar(let scalar), _): return [scalar.text]
    case (.sequence(let items), true) where items.allSatisfy({ $0.scalar != nil }):
      return items.compactMap { $0.scalar?.text }
    default:
      problems.error(
        "wrong-setting",
        "'\(entry.key)' is \(entry.value.kind), expected "
          + (setting.isList ? "a list of texts" : "one value"), at: entry.value.span,
        help: "\(entry.key): \(setting.example)")
      return nil
    }
  }
}

extension Setting {
  var isList: Bool { kind == .paths || kind == .command }
}

extension Configuration {
  /// Sets what variables of the environment say; a list's items are parted by colons.
  ///
  /// - Parameters:
  ///   - variable: the value of a variable's name; nil where it is not set.
  ///   - home: what `~` stands for.
  /// - Returns: a sentence for each variable that cannot be read.
  package mutating func apply(
    environment variable: (String) -> String?, home: String
  ) -> [String] {
    var problems: [String] = []
    let reader = SettingReader(home: home)
    for setting in Setting.allCases {
      guard let text = variable(setting.variable), !text.isEmpty else { continue }
      let texts = setting.isList ? text.split(separator: ":").map(String.init) : [text]
      do throws(SettingReader.Refusal) {
        set(
          setting, to: try reader.value(of: setting, texts), from: .environment(setting.variable))
      } catch {
        problems.append("in \(setting.variable): \(error.message)")
      }
    }
    return problems
  }
}

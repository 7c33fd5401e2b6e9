/// Where in a list the rule of a name or file name is: looked up once for each of many arguments.
struct RuleNames {
  private var byName: [String: Int] = [:]
  private var byFileName: [String: Int] = [:]

  init(_ rules: [LoadedRule]) {
    for index in rules.indices.reversed() {
      byName[rules[index].name] = index
      byFileName[rules[index].fileName] = index
    }
  }

  /// The first rule of that name, else the first of that file name, with or without `.yml`.
  func place(of name: String) -> Int? { byName[name] ?? byFileName[TextFile.baseName(of: name)] }
}

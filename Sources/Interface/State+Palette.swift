import Findings

extension State {
  mutating func pressPalette(_ key: Key, _ palette: Palette) -> [Effect] {
    var palette = palette
    switch key {
    case .escape:
      overlay = nil
      return settle()
    case .backspace where palette.line.entry.isEmpty:
      overlay = nil
      return settle()
    case .enter:
      overlay = nil
      return runLine(palette.line.entry.text) + settle()
    case .up: palette.recall(paletteHistory, older: true)
    case .down: palette.recall(paletteHistory, older: false)
    case .tab: palette.line.complete(completion(of: palette))
    case .backTab: palette.line.complete(completion(of: palette), forward: false)
    default: palette.take(key)
    }
    overlay = .palette(palette)
    return []
  }

  func completion(of palette: Palette) -> Completion {
    lineCompletion(before: palette.line.completed.head)
  }

  /// The most lines that are remembered.
  private static let mostRemembered = 100

  private mutating func runLine(_ text: String) -> [Effect] {
    let line = text.trimmed
    guard !line.isEmpty else { return [] }
    paletteHistory.removeAll { $0 == line }
    paletteHistory.append(line)
    if paletteHistory.count > State.mostRemembered { paletteHistory.removeFirst() }
    let words = line.split(separator: " ", maxSplits: 1)
    guard let command = PaletteCommand.named(words[0]) else { return enter(.search(line)) }
    let argument = words.count > 1 ? String(words[1]).trimmed : ""
    if command.argument == .none {
      // A search may begin with such a word.
      return argument.isEmpty ? run(plain: command.name) : enter(.search(line))
    }
    guard !argument.isEmpty else {
      notice = Notice("'\(command.name)' wants to know which: \(command.description)")
      return []
    }
    return run(command, argument)
  }

  private mutating func run(plain name: String) -> [Effect] {
    switch name {
    case "overview": enter(.overview)
    case "rules": enter(.rules)
    case "sources": enter(.files)
    case "history": enter(.history(.everything))
    case "attack": enter(.attack)
    case "suppressions": enter(.suppressions)
    case "views": openSavedView("")
    case "hold": run(.follow)
    case "refresh": run(.refresh)
    case "undo": run(.undo)
    case "help": run(.help)
    default: [.quit]
    }
  }

  private mutating func run(_ command: PaletteCommand, _ argument: String) -> [Effect] {
    switch command.argument {
    case .none: return []
    case .repository: return enter(.repository(argument))
    case .image: return enter(.image(argument))
    case .finding: return enter(.finding(argument, repository: nil))
    case .user: return enter(.user(argument))
    case .source: return enter(.source(argument))
    case .rule: return enter(.rule(argument))
    case .terms:
      let filter = FilterTerms(argument)
      guard !isRefused(filter) else {
        notice = filter.problem.map { Notice($0) }
        return []
      }
      place.filter = filter
      return refilter()
    case .time:
      guard let choice = TimeChoice(typed: argument) else {
        notice = Notice(TimeChoice.refusal(of: argument))
        return []
      }
      return choose(choice)
    case .replay: return startReplay(argument)
    case .newView: return saveView(argument)
    case .savedView: return openSavedView(argument)
    case .column: return sort(byTitle: argument)
    case .theme:
      guard settings.themes.contains(argument) else {
        notice = Notice("there is no theme '\(argument)'")
        return []
      }
      settings.theme = argument
      return []
    }
  }

  private mutating func sort(byTitle title: String) -> [Effect] {
    let index = sortColumns.firstIndex { $0.title.lowercased() == title.lowercased() }
    guard let index else {
      let titles = sortColumns.map { $0.title.lowercased() }.joined(separator: ", ")
      notice = Notice("this list has no column '\(title)' to sort by; it has \(titles)")
      return []
    }
    return sort(by: index)
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}

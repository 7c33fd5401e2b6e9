/// What is known of the fields that rows have.
enum Columns: Equatable {
  /// They may have any.
  case open
  /// They have some of these and no others.
  case closed(Set<FieldName>)

  func mayHave(_ name: FieldName) -> Bool {
    guard case .closed(let names) = self else { return true }
    return names.contains(name)
  }

  func union(_ other: Columns) -> Columns {
    guard case .closed(let mine) = self, case .closed(let others) = other else { return .open }
    return .closed(mine.union(others))
  }

  func adding(_ names: some Sequence<FieldName>) -> Columns { union(.closed(Set(names))) }

  /// Those that fit one of the patterns; a name without a star is one though no row has it.
  func selected(by patterns: [Pattern]) -> Columns {
    let plain = Set(patterns.filter { $0.hasWildcard == false }.map { $0.runs[0] })
    let wild = patterns.filter(\.hasWildcard)
    guard wild.isEmpty == false else { return .closed(plain) }
    guard case .closed(let names) = self else { return .open }
    return .closed(plain.union(names.filter { name in wild.contains { $0.fits(name) } }))
  }

  func removing(_ patterns: [Pattern]) -> Columns {
    guard case .closed(let names) = self else { return .open }
    return .closed(names.filter { name in patterns.contains { $0.fits(name) } == false })
  }

  func renamed(by renamings: [Renaming]) -> Columns {
    guard case .closed(var names) = self else { return .open }
    for renaming in renamings {
      let pattern = Pattern(wildcards: renaming.from)
      let moved = names.filter { pattern.fits($0) }
      names.subtract(moved)
      for name in moved { names.insert(pattern.renaming(name, to: renaming.to)) }
    }
    return .closed(names)
  }
}

extension Pattern {
  /// Whether a name is the pattern, its stars standing for any texts; with case.
  func fits(_ name: FieldName) -> Bool { stars(in: name) != nil }

  /// The name that a fitting one has under another pattern with as many stars.
  func renaming(_ name: FieldName, to other: FieldName) -> FieldName {
    let target = Pattern(wildcards: other).runs
    guard let stars = stars(in: name), stars.count == target.count - 1 else { return other }
    return zip(target, stars + [""]).map { $0 + $1 }.joined()
  }

  /// What each star stands for, every one but the last as little as possible.
  private func stars(in name: FieldName) -> [String]? {
    guard hasWildcard else { return runs[0] == name ? [] : nil }
    guard name.hasPrefix(runs[0]) else { return nil }
    var rest = name.dropFirst(runs[0].count)
    var stars: [String] = []
    for run in runs.dropFirst().dropLast() {
      guard let range = run.isEmpty ? rest.startIndex..<rest.startIndex : rest.firstRange(of: run)
      else { return nil }
      stars.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    let last = runs[runs.count - 1]
    guard rest.hasSuffix(last) else { return nil }
    return stars + [String(rest.dropLast(last.count))]
  }
}

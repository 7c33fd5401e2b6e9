import Events
import SPL

/// Where `rename` says that the value of a field is found, pair after pair.
///
/// A plain pair moves its source, so that a missing one makes the target null. A pair with `*`
/// moves the fields that exist. What a later pair names is what the earlier ones left.
struct RenameMap: Sendable {
  private enum Pair: Sendable {
    case plain(from: Text, to: Text)
    case wildcard(from: NamePattern, to: NamePattern)
  }

  private let pairs: [Pair]
  /// The answer for every name that plain pairs mention, where there are no others: the field
  /// below that holds the value, nil for none.
  private let plain: [Text: Text?]?

  init(_ renamings: [Renaming]) {
    self.init(
      renamings.map { renaming in
        renaming.from.utf8.contains(UInt8(ascii: "*"))
          ? .wildcard(from: NamePattern(renaming.from), to: NamePattern(renaming.to))
          : .plain(from: Text(renaming.from), to: Text(renaming.to))
      })
  }

  private init(_ pairs: [Pair]) {
    self.pairs = pairs
    plain = RenameMap.resolved(pairs)
  }

  /// This renaming and one that comes after it, as one.
  func followed(by other: RenameMap) -> RenameMap { RenameMap(pairs + other.pairs) }

  /// Whether what a field is below does not depend on which there are.
  var isPlain: Bool { plain != nil }

  /// The field below that a field is, nil for none; only of a plain map.
  func source(of field: Text) -> Text? {
    guard let source = plain?[field] else { return field }
    return source
  }

  func value(of field: Text, in below: any FieldSource) -> Value {
    if let plain {
      guard let source = plain[field] else { return below.value(of: field) }
      return source.map { below.value(of: $0) } ?? .null
    }
    return value(of: field, after: pairs[...], in: below)
  }

  private func value(
    of field: Text, after pairs: ArraySlice<Pair>, in below: any FieldSource
  ) -> Value {
    guard let last = pairs.last else { return below.value(of: field) }
    let earlier = pairs.dropLast()
    switch last {
    case .plain(let from, let to):
      if field == to { return value(of: from, after: earlier, in: below) }
      if field == from { return .null }
    case .wildcard(let from, let to):
      if let captures = to.captures(of: field) {
        let source = from.filled(with: captures)
        if from.captures(ofSource: source) == captures {
          let moved = value(of: source, after: earlier, in: below)
          if !moved.isNull { return moved }
        }
      }
      if from.captures(ofSource: field) != nil { return .null }
    }
    return value(of: field, after: earlier, in: below)
  }

  /// The names after the renaming of fields that are present before.
  func names(of below: any FieldSource) -> [Text] {
    var names = Set(below.names)
    for pair in pairs {
      switch pair {
      case .plain(let from, let to):
        let hasSource = names.remove(from) != nil
        names.remove(to)
        if hasSource { names.insert(to) }
      case .wildcard(let from, let to):
        let moved = names.compactMap { name in
          from.captures(ofSource: name).map { (name: name, target: to.filled(with: $0)) }
        }
        names.subtract(moved.map(\.name))
        names.formUnion(moved.map(\.target))
      }
    }
    return Array(names)
  }

  private static func resolved(_ pairs: [Pair]) -> [Text: Text?]? {
    var sources: [Text: Text?] = [:]
    for pair in pairs {
      guard case .plain(let from, let to) = pair else { return nil }
      let source = sources[from] ?? from
      if from != to { sources.updateValue(nil, forKey: from) }
      sources.updateValue(source, forKey: to)
    }
    return sources
  }
}

/// A field name in which each `*` stands for some of the name.
struct NamePattern: Sendable {
  /// At least two runs; each boundary is a `*`.
  private let runs: [[UInt8]]

  init(_ name: FieldName) {
    runs = name.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      .map(Array.init)
  }

  /// What each `*` stands for in the name of a field that is to be renamed; a pattern that begins
  /// with `*` takes no internal field (`_time`).
  func captures(ofSource name: Text) -> [[UInt8]]? {
    if runs[0].isEmpty, name.string.utf8.first == UInt8(ascii: "_") { return nil }
    return captures(of: name)
  }

  /// What each `*` stands for in a name, the earlier ones taking as little as they can; nil where
  /// the name does not fit.
  func captures(of name: Text) -> [[UInt8]]? {
    var rest = Array(name.string.utf8)[...]
    guard rest.starts(with: runs[0]) else { return nil }
    rest = rest.dropFirst(runs[0].count)
    var captures: [[UInt8]] = []
    for run in runs.dropFirst().dropLast() {
      guard let place = rest.firstRange(of: run) else { return nil }
      captures.append(Array(rest[..<place.lowerBound]))
      rest = rest[place.upperBound...]
    }
    let end = runs[runs.count - 1]
    guard runs.count > 1, rest.count >= end.count, rest.suffix(end.count).elementsEqual(end)
    else { return nil }
    captures.append(Array(rest.dropLast(end.count)))
    return captures
  }

  /// The name with a text for each `*`.
  func filled(with captures: [[UInt8]]) -> Text {
    var bytes = runs[0]
    for (index, run) in runs.dropFirst().enumerated() {
      if index < captures.count { bytes += captures[index] }
      bytes += run
    }
    return Text(utf8: bytes)
  }
}

extension ArraySlice<UInt8> {
  /// The first place of a run; an empty run lies right after one byte, so that two stars in a
  /// row both stand for something.
  fileprivate func firstRange(of run: [UInt8]) -> Range<Int>? {
    guard !run.isEmpty else { return isEmpty ? nil : startIndex + 1..<startIndex + 1 }
    guard count >= run.count else { return nil }
    for start in startIndex...(endIndex - run.count)
    where self[start..<start + run.count].elementsEqual(run) {
      return start..<start + run.count
    }
    return nil
  }
}

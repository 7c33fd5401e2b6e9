import Events
import SPL

/// Which fields `table` and `fields` leave, and in what order.
struct FieldSelector: Sendable {
  private enum Item: Sendable {
    case name(Text)
    case pattern(NamePattern)

    func fits(_ name: Text) -> Bool {
      switch self {
      case .name(let own): own == name
      case .pattern(let pattern): pattern.captures(ofSource: name) != nil
      }
    }
  }

  private let items: [Item]
  private let keeps: Bool
  /// Whether fields that begin with `_` stay though they are not named.
  private let sparesInternal: Bool

  /// `table`: just these.
  init(table patterns: [Pattern]) {
    self.init(patterns, keeps: true, sparesInternal: false)
  }

  init(_ selection: FieldSelection) {
    self.init(selection.fields, keeps: selection.keeps, sparesInternal: true)
  }

  private init(_ patterns: [Pattern], keeps: Bool, sparesInternal: Bool) {
    items = patterns.map { pattern in
      let name = pattern.runs.joined(separator: "*")
      return pattern.hasWildcard ? .pattern(NamePattern(name)) : .name(Text(name))
    }
    self.keeps = keeps
    self.sparesInternal = sparesInternal
  }

  func keeps(_ name: Text) -> Bool {
    if items.contains(where: { $0.fits(name) }) { return keeps }
    return keeps ? sparesInternal && name.isInternal : true
  }

  /// The columns that are left of some; a plain name of `table` is one though no row has it.
  func columns(of columns: [Text]) -> [Text] {
    guard keeps else { return columns.filter(keeps) }
    var left = sparesInternal ? columns.filter(\.isInternal) : []
    for item in items {
      let named: [Text] =
        switch item {
        case .name(let name): [name]
        case .pattern: columns.filter(item.fits)
        }
      for name in named where !left.contains(name) { left.append(name) }
    }
    return left
  }
}

extension Text {
  /// `_time`, `_raw`: what Splunk keeps for itself.
  var isInternal: Bool { string.utf8.first == UInt8(ascii: "_") }
}

/// The fields that a selection leaves.
final class SelectedFields: FieldSource {
  private let selector: FieldSelector
  private let below: any FieldSource

  init(_ selector: FieldSelector, above below: any FieldSource) {
    self.selector = selector
    self.below = below
  }

  func value(of field: Text) -> Value { selector.keeps(field) ? below.value(of: field) : .null }

  var names: [Text] { below.names.filter(selector.keeps) }
}

import Events

/// What is kept of an event that later stages want whole.
struct HeldFields: Equatable, Sendable {
  /// Those that are named somewhere.
  var names: Set<Text> = []
  /// Whether every other field is kept too; the record itself only where it is named.
  var takesAll = false

  /// The fields that have a value.
  func held(of source: any FieldSource) -> [Text: Value] {
    var held: [Text: Value] = [:]
    if takesAll {
      held = source.all
      held["_raw"] = nil
    }
    for name in names where held[name] == nil {
      let value = source.value(of: name)
      if !value.isNull { held[name] = value }
    }
    return held
  }
}

extension Predicate {
  /// All of them hold: flat, and without those that always do.
  package static func conjunction(_ parts: [Predicate]) -> Predicate {
    let flat = parts.flatMap { part -> [Predicate] in
      switch part {
      case .and(let inner): inner
      case .everything: []
      default: [part]
      }
    }
    return flat.isEmpty ? .everything : flat.count == 1 ? flat[0] : .and(flat)
  }

  /// One of them holds, flat; of no parts, none can.
  package static func disjunction(_ parts: [Predicate]) -> Predicate {
    let flat = parts.flatMap { part -> [Predicate] in
      if case .or(let inner) = part { inner } else { [part] }
    }
    return flat.count == 1 ? flat[0] : flat.isEmpty ? .not(.everything) : .or(flat)
  }
}

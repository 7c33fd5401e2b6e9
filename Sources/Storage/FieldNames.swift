internal import Events

/// The names that fields of a rule's rows or risk events have, in the order in which their values
/// are stored.
///
/// Most of a rule's fields come with names of the same place in memory: these are found without
/// hashing or comparing bytes.
struct FieldNames: Sendable {
  let names: [Text]
  /// Places by a few bits of where the names are in memory.
  private let guesses: [UInt8]

  init(_ names: [Text]) {
    self.names = names
    var guesses = [UInt8](repeating: 0, count: 128)
    for (place, name) in names.enumerated().prefix(256) {
      guesses[FieldNames.slot(name)] = UInt8(place)
    }
    self.guesses = guesses
  }

  private static func slot(_ name: Text) -> Int {
    let words = unsafeBitCast(name.string, to: SIMD2<UInt64>.self)
    return Int(truncatingIfNeeded: ((words.x ^ words.y) &* 0x9E37_79B9_7F4A_7C15) &>> 57)
  }

  /// Calls `body` with each name's place and value, in order; false, and no call, where the fields
  /// have other names.
  func each(
    of fields: [Text: Value], _ body: (Int, Value) throws -> Void
  ) rethrows -> Bool {
    guard fields.count == names.count else { return false }
    return try withUnsafeTemporaryAllocation(
      of: Dictionary<Text, Value>.Index.self, capacity: names.count
    ) { found in
      found.initialize(repeating: fields.startIndex)
      defer { found.deinitialize() }
      var index = fields.startIndex
      while index != fields.endIndex {
        guard let place = place(of: fields.keys[index]) else { return false }
        found[place] = index
        fields.formIndex(after: &index)
      }
      for place in names.indices { try body(place, fields.values[found[place]]) }
      return true
    }
  }

  /// The place of a name, looked for by where its text is in memory first.
  private func place(of name: Text) -> Int? {
    let guess = Int(guesses[FieldNames.slot(name)])
    if guess < names.count, names[guess].isSame(as: name) { return guess }
    for place in names.indices where names[place].isSame(as: name) { return place }
    return names.firstIndex(of: name)
  }
}

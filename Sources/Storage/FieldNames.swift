internal import Events

/// The names that fields of a rule's rows or risk events have, in the order in which their values
/// are stored.
///
/// Most of a rule's fields come with names of the same place in memory: these are found without
/// hashing or comparing bytes.
struct FieldNames: Hashable, Sendable {
  let names: [Text]

  init(_ names: [Text]) { self.names = names }

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
    for place in names.indices where names[place].isSame(as: name) { return place }
    return names.firstIndex(of: name)
  }
}

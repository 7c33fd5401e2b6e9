import Storage

extension StateOptions {
  /// The state of some roots: the one that was named, a temporary one, or that of their hash.
  func store(for roots: [String]) throws -> Store {
    if noState { return try Store.temporary(roots: roots) }
    let directory = state ?? Settings.stateDirectory(of: roots)
    return try Store.open(directory: directory, roots: roots)
  }
}

extension StateOptions {
  /// A state that nobody will want again.
  static func temporary(for roots: [String]) throws -> Store {
    try Store.temporary(roots: roots)
  }
}

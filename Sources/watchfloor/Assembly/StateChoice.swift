import Storage

extension StateOptions {
  /// The state of some roots: the one that was named, a temporary one, or that of their hash.
  func store(for roots: [String]) throws -> Store {
    guard let directory = directory(for: roots) else { return try Store.temporary(roots: roots) }
    return try Store.open(directory: directory, roots: roots)
  }

  /// The directory of that state; nil for a temporary one.
  func directory(for roots: [String]) -> String? {
    noState ? nil : state ?? Settings.stateDirectory(of: roots)
  }
}

extension StateOptions {
  /// A state that nobody will want again.
  static func temporary(for roots: [String]) throws -> Store {
    try Store.temporary(roots: roots)
  }
}

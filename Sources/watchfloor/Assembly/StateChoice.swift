import Configuration
import Detections
import Storage

extension StateOptions {
  /// The state of some roots: the one that was named, a temporary one, or that of their hash.
  func store(for roots: [String]) throws -> Store {
    try Self.store(in: directory(for: roots), for: roots)
  }

  /// The state in a directory; a temporary one where none is given.
  static func store(in directory: String?, for roots: [String]) throws -> Store {
    guard let directory else { return try Store.temporary(roots: roots) }
    let store = try Store.open(directory: directory, roots: roots)
    LastState.remember(store.directory)
    return store
  }

  /// The directory of that state; nil for a temporary one.
  func directory(for roots: [String]) -> String? {
    noState
      ? nil
      : state ?? UserConfiguration.current.text(.state) ?? Settings.stateDirectory(of: roots)
  }
}

extension StateOptions {
  /// A state that nobody will want again.
  static func temporary(for roots: [String]) throws -> Store {
    try Store.temporary(roots: roots)
  }
}

/// Which state was used last: what commands without a path read.
enum LastState {
  private static var file: String { Settings.stateHome + "/last" }

  /// Nil where none has ever been used.
  static var directory: String? {
    RuleFiles.text(at: file)?.text.split(separator: "\n").first.map(String.init)
  }

  /// Remembers a state; that it cannot is no reason not to run.
  ///
  /// A file that says so already is left alone: to write it waits for the disk.
  static func remember(_ directory: String) {
    // Only commands without a path would miss it, and they say so.
    if self.directory != directory { try? RuleFiles.write(directory + "\n", to: file) }
  }
}

extension StateOptions {
  /// The directory of a state that is there: the one that was named, that of the paths, else the
  /// one used last, which is then said.
  func knownDirectory(for paths: [String]) throws -> String? {
    if let state { return state }
    if !paths.isEmpty { return directory(for: try realPaths(paths)) }
    guard !noState, let last = LastState.directory else { return nil }
    StandardError.write("watchfloor: state '\(last)'\n")
    return last
  }
}

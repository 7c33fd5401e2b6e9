import Digest
import Foundation

/// Where things are kept, by the XDG rules.
enum Settings {
  /// A file in the user's configuration directory.
  static func configured(_ name: String) -> String {
    base("XDG_CONFIG_HOME", else: ".config") + "/watchfloor/" + name
  }

  /// The state directory of some roots: named by a hash of their real paths, so that the same
  /// directories always find their findings again.
  static func stateDirectory(of roots: [String]) -> String {
    let name = sha256(Array(roots.joined(separator: "\0").utf8)).prefix(8)
      .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    return stateHome + "/" + name
  }

  /// Where the states of all roots are.
  static var stateHome: String { base("XDG_STATE_HOME", else: ".local/state") + "/watchfloor" }

  /// The name of this machine, `host` of every event.
  static let host = ProcessInfo.processInfo.hostName

  /// One variable, without the dictionary of all of them.
  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func base(_ variable: String, else fallback: String) -> String {
    // The rules say that a relative path is to be ignored.
    if let path = self.variable(variable), path.hasPrefix("/") { return path }
    return (self.variable("HOME") ?? "") + "/" + fallback
  }
}

/// Sorted real paths of what was named on the command line.
///
/// - Throws: `Failure` where one is not there.
func realPaths(_ paths: [String]) throws -> [String] {
  var real: Set<String> = []
  for path in paths {
    guard let resolved = realpath(path, nil) else {
      let reason = String(cString: strerror(errno))
      let verb = Watchfloor.verb(near: path).map { "\n  = help: did you mean 'watchfloor \($0)'?" }
      throw Failure("'\(path)' cannot be read: \(reason)" + (verb ?? ""))
    }
    defer { free(resolved) }
    real.insert(String(cString: resolved))
  }
  return real.sorted()
}

import Configuration
import Detections
import Diagnostics
import Foundation
import Glibc

/// The user's settings, read once.
enum UserConfiguration {
  static var path: String { Settings.configured("config.yml") }

  private static let loaded = Result { () throws(Failure) in try load(path) }

  /// What holds for this run, once `check` has let it begin.
  static var current: Configuration {
    if case .success(let configuration) = loaded { configuration } else { Configuration() }
  }

  /// - Throws: `Failure` where the file or a variable is wrong: a setting that is passed over in
  ///   silence is worse than no start.
  static func check() throws(Failure) { _ = try loaded.get() }

  /// Reads a file, which need not be there, and the environment over it.
  static func load(_ path: String) throws(Failure) -> Configuration {
    var configuration = Configuration()
    let home = Settings.variable("HOME") ?? ""
    if let text = try text(at: path) {
      do throws(Problems) {
        try ConfigurationFile.apply(text, name: path, home: home, to: &configuration)
      } catch {
        throw Failure(
          "the configuration cannot be used\n"
            + error.rendered(in: SourceText(name: path, text: text)), status: .wrongUse)
      }
    }
    let problems = configuration.apply(environment: Settings.variable, home: home)
    guard problems.isEmpty else {
      throw Failure(problems.joined(separator: "\nwatchfloor: "), status: .wrongUse)
    }
    return configuration
  }

  /// Nil where there is no file.
  private static func text(at path: String) throws(Failure) -> String? {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Failure("'\(path)' cannot be read: \(String(cString: strerror(errno)))")
    }
    // The file names commands that are run: nobody else may write it.
    guard facts.st_uid == geteuid() || facts.st_uid == 0, facts.st_mode & 0o022 == 0 else {
      throw Failure(
        "'\(path)' could be written by others, and it names commands that are run\n"
          + "  = help: chown \(NSUserName()) '\(path)' && chmod go-w '\(path)'",
        status: .wrongUse)
    }
    guard let file = RuleFiles.text(at: path) else {
      throw Failure("'\(path)' is no text of a configuration's size", status: .wrongUse)
    }
    return file.text
  }
}

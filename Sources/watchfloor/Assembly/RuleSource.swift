import Configuration
import Detections
import Diagnostics
import Events
import Foundation

/// Where the rules of a run come from: the built-in pack, the user's folders, and those that were
/// asked for by name.
struct RuleSource: Sendable {
  /// Folders of the command line, later ones over earlier ones.
  var folders: [String] = []
  /// Names, base names or paths of rules to run instead of those that are on.
  var names: [String] = []
  /// Names of built-in rules that run without being turned on, since what they read is there.
  var wanted: Set<String> = []
  /// The time at which suppressions in `macros.yml` become part of filter macros; nil leaves them
  /// to the lists.
  var suppressesAt: Timestamp?
  /// The file of the user's switches, in the state; nil where there is no state.
  var switchFile: String?

  static let switchName = "rules.yml"

  /// Every folder that is read: the configuration's, then the command line's.
  private var allFolders: [String] {
    [Settings.configured("rules")].filter(RuleFiles.isFolder)
      + UserConfiguration.current.list(.rules) + folders
  }

  static var macroFile: String { Settings.configured("macros.yml") }

  /// The built-in rules and everything in the folders.
  ///
  /// - Throws: `Failure` where a folder of the command line is not there.
  func library() throws -> (library: RuleLibrary, unreadable: [String]) {
    for folder in UserConfiguration.current.list(.rules) + folders
    where !RuleFiles.isFolder(folder) {
      throw Failure("'\(folder)' is no directory of rules")
    }
    var (tables, unreadable) = self.tables
    var library = RuleLibrary(
      userMacros: RuleFiles.text(at: Self.macroFile), tables: tables,
      suppressesAt: suppressesAt?.iso8601)
    for folder in allFolders {
      let found = RuleFiles.inFolder(folder)
      library.add(found.files)
      unreadable += found.unreadable
    }
    library.risk = RiskSettings(
      factors: lookup("risk_factors.csv"), identities: lookup("identities.csv"))
    return (library, unreadable)
  }

  /// The CSV files of all folders of lookup tables.
  private var tables: (UserTables, unreadable: [String]) {
    var files: [TextFile] = []
    var unreadable: [String] = []
    for folder in lookupFolders {
      let found = RuleFiles.tables(inFolder: folder)
      files += found.files
      unreadable += found.unreadable
    }
    let tables = UserTables(
      folder: Settings.configured("lookups/"), files: files, zone: ZoneChange.all)
    return (tables, unreadable)
  }

  /// Folders of lookup tables, later ones over earlier ones: the configuration's, then those
  /// beside the rules of the command line.
  private var lookupFolders: [String] {
    let files = names.filter(FileManager.default.fileExists)
    let beside = files.map { URL(filePath: $0).deletingLastPathComponent().path() }
    return [Settings.configured("lookups")]
      + (UserConfiguration.current.list(.rules) + folders + beside).map { $0 + "/lookups" }
  }

  private func lookup(_ name: String) -> TextFile? {
    RuleFiles.text(at: Settings.configured("lookups/" + name))
  }

  /// What the user has switched; a file that cannot be read switches nothing, and is a problem.
  func switches() -> (RuleSwitches, problem: String?) {
    guard let switchFile, let file = RuleFiles.text(at: switchFile) else { return (.none, nil) }
    do throws(Problems) {
      return (try RuleSwitches(file.text, name: file.path), nil)
    } catch {
      return (.none, error.rendered(in: SourceText(name: file.path, text: file.text)))
    }
  }

  /// What tells whether any file of the rules has changed.
  var stamps: [String: FileStamp] {
    var stamps: [String: FileStamp] = [:]
    for folder in allFolders + lookupFolders {
      stamps.merge(RuleFiles.stamps(inFolder: folder)) { $1 }
    }
    for file in names + [Self.macroFile] + [switchFile].compactMap({ $0 }) {
      stamps[file] = RuleFiles.stamp(at: file)
    }
    return stamps
  }
}

import Configuration
import Detections
import Foundation
import Glibc

/// Rules, settings and lookup tables of the user.
struct RuleChecks {
  let source: RuleSource

  func all() -> [Checked] { [configuration, rules] + writable + [splunk] }

  private var configuration: Checked {
    do throws(Failure) {
      let configuration = try UserConfiguration.load(UserConfiguration.path)
      let set = Setting.allCases.count { configuration[$0].origin != .fallback }
      return .fine("settings", "\(set) set; '\(UserConfiguration.path)'")
    } catch {
      return .broken(
        "settings", error.sentence.split(separator: "\n").prefix(2).joined(separator: ": "),
        help: "watchfloor config check")
    }
  }

  private var rules: Checked {
    do {
      let loaded = try LoadedRules(source)
      let broken = loaded.library.rules.filter { $0.rule == nil }
      let found =
        "\(loaded.chosen.count) on, \(loaded.library.rules.count - broken.count) can run"
      guard let first = broken.first else { return .fine("rules", found) }
      return .broken(
        "rules", found + ", \(broken.count) cannot: '\(first.name)'",
        help: "watchfloor check '\(first.path)'")
    } catch {
      return .broken("rules", sentence(of: error), help: "watchfloor rules")
    }
  }

  /// What others could change of what decides here.
  private var writable: [Checked] {
    ["rules", "lookups", "macros.yml", "themes"].compactMap { name in
      let path = Settings.configured(name)
      var facts = stat()
      guard stat(path, &facts) == 0, facts.st_mode & 0o022 != 0 else { return nil }
      return .doubtful(
        "settings", "'\(path)' can be written by others", help: "chmod go-w '\(path)'")
    }
  }

  /// Not of this machine, and the question that brings many here.
  private var splunk: Checked {
    .fine(
      "Splunk",
      "shows nothing for these rules? The add-on's own CloudTrail input leaves out "
        + "Describe, List and Get events by default; its SQS-based S3 input does not")
  }
}

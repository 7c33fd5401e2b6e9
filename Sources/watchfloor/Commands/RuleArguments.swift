import ArgumentParser
import Detections

/// Folders of rules beside the built-in ones.
struct RuleFolderOptions: ParsableArguments {
  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "Load the rules in this directory too; may be repeated.", valueName: "dir"),
    completion: .directory)
  var folders: [String] = []

  var source: RuleSource { RuleSource(folders: folders) }
}

/// Rules that a command is about.
struct RuleArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Names, base names or paths of rules, or directories of them.", valueName: "rule"),
    completion: .file())
  var rules: [String] = []
}

extension RuleSource {
  /// Everything loaded, and the rules that arguments name: all of them where there is none.
  ///
  /// - Throws: `Failure` for an argument that is no rule.
  func library(naming arguments: [String]) throws -> (library: RuleLibrary, rules: [LoadedRule]) {
    var source = self
    let named = arguments.filter(RuleFiles.isFolder)
    source.folders += named
    source.names = arguments.filter { !named.contains($0) }
    var (library, unreadable) = try source.library()
    for path in unreadable {
      StandardError.write("watchfloor: '\(path)' cannot be read, or is no text of a rule's size\n")
    }
    var chosen: Set<String> = []
    for argument in arguments where !named.contains(argument) {
      do throws(RuleLookupProblem) {
        chosen.insert(try library.rule(argument).path)
      } catch {
        throw Failure(error.sentence)
      }
    }
    let rules = library.rules.filter { rule in
      arguments.isEmpty || chosen.contains(rule.path)
        || named.contains { rule.path.hasPrefix($0 + "/") }
    }
    return (library, rules)
  }
}

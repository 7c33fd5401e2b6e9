import ArgumentParser
import Configuration
import Foundation
import Interface

/// The manual page, made out of the commands, keys and settings themselves.
///
/// Written in the macros of man(7).
struct ManualPage {
  private let root: Verb

  /// What the parser tells of a command.
  private struct Verb: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
      var shown: String { (kind == "long" ? "--" : "-") + name }
    }

    struct Argument: Decodable {
      var kind: String
      var shouldDisplay: Bool
      var isOptional: Bool
      var isRepeating: Bool
      var names: [Name]?
      var valueName: String?
      var abstract: String?
      var defaultValue: String?
    }

    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var arguments: [Argument]?
    var subcommands: [Verb]?
  }

  private struct Dump: Decodable { var command: Verb }

  init() throws {
    root = try JSONDecoder().decode(Dump.self, from: Data(Watchfloor._dumpHelp().utf8)).command
  }

  var text: String {
    [
      ".TH WATCHFLOOR 1 \"\" \"watchfloor \(Watchfloor.configuration.version)\" \"User Commands\"",
      ".SH NAME", "watchfloor \\- \(roff(lowered(root.abstract ?? "")))",
      ".SH SYNOPSIS",
      ".B watchfloor\n[\\fIverb\\fR] [\\fIoptions\\fR] [\\fIpath\\fR ...]",
      ".SH DESCRIPTION", ".nf\n\(roff(root.discussion ?? ""))\n.fi",
      ".SH COMMANDS", (root.subcommands ?? []).flatMap(commands).joined(separator: "\n"),
      ".SH KEYS", keys,
      ".SH SETTINGS",
      roff(
        "The file is $XDG_CONFIG_HOME/watchfloor/config.yml, a YAML mapping. Variables of the "
          + "environment stand over it, options over both."), settings,
      ".SH EXIT STATUS",
      item("0", "Done; also when there are no rows, and when records were bad."),
      item("1", "A path cannot be read, a rule cannot run, a state cannot be used."),
      item("2", "Wrong use, a wrong setting, or a terminal that cannot show the dashboard."),
      item("130", "Ended by Ctrl-C."),
    ].joined(separator: "\n") + "\n"
  }

  /// A verb and the verbs in it.
  private func commands(_ verb: Verb) -> [String] { commands(verb, after: "watchfloor") }

  private func commands(_ verb: Verb, after path: String) -> [String] {
    guard verb.shouldDisplay != false, verb.commandName != "help" else { return [] }
    let name = path + " " + verb.commandName
    let arguments = (verb.arguments ?? []).filter {
      $0.shouldDisplay && $0.names?.contains { ["help", "version"].contains($0.name) } != true
    }
    var parts = [".SS \(roff(name))", roff(verb.abstract ?? "")]
    if let discussion = verb.discussion { parts.append(".PP\n" + examples(discussion)) }
    parts += arguments.map { item(spelled($0), sentence($0)) }
    return parts + (verb.subcommands ?? []).flatMap { commands($0, after: name) }
  }

  private func spelled(_ argument: Verb.Argument) -> String {
    let value = argument.valueName.map { "<\($0)>" } ?? ""
    guard argument.kind != "positional" else {
      return argument.isRepeating ? value + " ..." : value
    }
    let names = (argument.names ?? []).map(\.shown).joined(separator: ", ")
    return argument.kind == "flag" ? names : names + " " + value
  }

  private func sentence(_ argument: Verb.Argument) -> String {
    let text = argument.abstract ?? ""
    guard let fallback = argument.defaultValue, argument.kind != "flag" else { return text }
    return text + " (default: \(fallback))"
  }

  private var keys: String {
    Bindings.all.map { binding in
      let scene = binding.scene == .everywhere ? "" : " (\(binding.scene.rawValue))"
      return item(binding.keys.map(\.label).joined(separator: ", "), binding.description + scene)
    }.joined(separator: "\n")
  }

  private var settings: String {
    Setting.allCases.map { setting in
      item("\(setting.rawValue) (\(setting.variable))", setting.summary)
    }.joined(separator: "\n")
  }

  /// Paragraphs; indented lines are examples and stay as they are.
  private func examples(_ text: String) -> String {
    text.split(separator: "\n\n").map { paragraph in
      paragraph.hasPrefix("  ")
        ? ".PP\n.nf\n\(roff(String(paragraph)))\n.fi" : ".PP\n" + roff(String(paragraph))
    }.joined(separator: "\n")
  }

  private func item(_ name: String, _ text: String) -> String {
    ".TP\n.B \(roff(name))\n\(roff(text))"
  }

  private func lowered(_ text: String) -> String {
    text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// Text as text: no line begins a request, no backslash an escape.
  private func roff(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let plain = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
    }.joined(separator: "\n")
  }
}

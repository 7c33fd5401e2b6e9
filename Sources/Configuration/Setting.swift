/// One thing that the user can set: in the configuration file, by an environment variable, and,
/// over both, by the option of the same name.
package enum Setting: String, CaseIterable, Sendable {
  case paths
  case rules
  case state
  case publicKeys = "public_keys"
  case poll
  case theme
  case ascii
  case mouse
  case bell
  case notify
  case onFinding = "on_finding"
  case onFindingSeconds = "on_finding_seconds"
  case lagMinutes = "lag_minutes"

  /// What a setting's value can be.
  package enum Kind: Equatable, Sendable {
    case text
    /// A path: absolute, or from the home directory by `~/`.
    case path
    case paths
    /// A command and its arguments, each an item of its own: never a line for a shell.
    case command
    case truth
    case whole(ClosedRange<Int>)
    case choice([String])
  }

  package var kind: Kind {
    switch self {
    case .paths, .rules, .publicKeys: .paths
    case .state: .path
    case .poll, .ascii, .mouse, .bell: .truth
    case .theme: .text
    case .notify: .choice(["off", "osc9", "osc777"])
    case .onFinding: .command
    case .onFindingSeconds: .whole(1...600)
    case .lagMinutes: .whole(0...10_080)
    }
  }

  /// The environment variable that stands over the file.
  package var variable: String { "WATCHFLOOR_" + rawValue.uppercased() }

  /// What it does, for the template and the documentation.
  package var summary: String {
    switch self {
    case .paths: "Files and directories of CloudTrail logs to watch where none is named."
    case .rules: "Directories of rules beside the built-in ones and those in rules/ here."
    case .state: "Where findings and file offsets are kept, in place of $XDG_STATE_HOME/watchfloor."
    case .publicKeys:
      "Files from 'aws cloudtrail list-public-keys': digests are verified with them."
    case .poll: "Look at the files again and again instead of asking the kernel to tell."
    case .theme: "The theme's name; T in the dashboard shows them all."
    case .ascii: "Draw with ASCII only."
    case .mouse: "Let the mouse select, scroll and click; the terminal's own selection needs Shift."
    case .bell: "Ring the terminal's bell for an alert, at most once a minute."
    case .notify: "Send an alert as a desktop notification: off, osc9 or osc777."
    case .onFinding:
      "Run this for each alert, with the alert as JSON on its standard input; never a shell."
    case .onFindingSeconds: "Seconds until that command is ended."
    case .lagMinutes:
      "Alert when something has been waiting to be read for so many minutes; 0 is never."
    }
  }

  /// The value where nobody sets it.
  package var fallback: SettingValue {
    switch kind {
    case .text, .path: .text("")
    case .paths, .command: .list([])
    case .truth: .truth(false)
    case .whole(let range): .whole(self == .onFindingSeconds ? 10 : range.lowerBound)
    case .choice(let words): .text(words[0])
    }
  }

  /// A value as somebody might set it, in YAML.
  package var example: String {
    switch self {
    case .paths: "[/var/log/cloudtrail]"
    case .rules: "[~/detections/cloud]"
    case .state: "/srv/watchfloor"
    case .publicKeys: "[~/keys-eu-west-1.json]"
    case .theme: "day"
    case .notify: "osc9"
    case .onFinding: "[/usr/local/bin/page-me, --team, registries]"
    case .onFindingSeconds: "10"
    case .lagMinutes: "15"
    case .poll, .ascii, .mouse, .bell: "true"
    }
  }
}

/// What a setting is set to.
package enum SettingValue: Equatable, Sendable {
  case text(String)
  case truth(Bool)
  case whole(Int)
  case list([String])

  /// As YAML would write it.
  package var shown: String {
    switch self {
    case .text(let text): text.isEmpty ? "-" : text
    case .truth(let truth): truth ? "true" : "false"
    case .whole(let number): String(number)
    case .list(let items): "[" + items.joined(separator: ", ") + "]"
    }
  }
}

import Events
import JSON

extension FieldModel {
  /// `errorCode`: raw records of success have none.
  package static let errorCode: FieldRule = [
    "errorCode",
    .byEventName(
      [
        EventChoice(
          "ConsoleLogin",
          rule: .when(
            .raw("responseElements.ConsoleLogin"), isOneOf: ["Failure"], .constant("failure"),
            otherwise: .constant("success")))
      ],
      otherwise: .constant("success")),
  ]
}

/// `action` and `status` of a record: what was done, and whether it was.
///
/// Splunk looks some 160 event names up in a table; we go by the verb of every name.
package struct Outcome {
  package enum Part: String, Sendable { case action, status }

  let action: Value
  let status: Value

  init(of record: CloudTrailRecord) {
    let name = record.eventName
    let succeeded = FieldModel.errorCode.value(of: record) == "success"
    status = succeeded ? "success" : "failure"
    if Outcome.logins.contains(where: { $0.takes(name) }) {
      action = status
    } else if let verb = Outcome.action(of: name) {
      action = .string(verb)
    } else {
      action = succeeded ? .null : "unknown"
    }
  }

  subscript(part: Part) -> Value { part == .action ? action : status }

  /// What the verb at the start of an event's name does; nil for a verb that none of the words fits.
  private static func action(of name: Text) -> String? {
    verbs.first { verbs in verbs.prefixes.contains { starts(name, with: $0) } }?.action
  }

  /// Whether the verb is the whole first word: `Get` of `GetUser`, not of `Getaway`.
  private static func starts(_ name: Text, with verb: String) -> Bool {
    let bytes = name.string.utf8
    guard bytes.starts(with: verb.utf8) else { return false }
    guard let next = bytes.dropFirst(verb.utf8.count).first else { return true }
    return next < UInt8(ascii: "a") || next > UInt8(ascii: "z")
  }

  /// Events whose action is their outcome.
  package static let logins: [EventPattern] = ["ConsoleLogin", "AssumeRole*"]

  /// What is done by the verb that begins an event's name, the first that fits.
  package static let verbs: [(action: String, prefixes: [String])] = [
    ("created", ["Allocate", "Copy", "Create", "Import", "Issue", "Register", "Request", "Run"]),
    ("deleted", ["Delete", "Deregister", "Destroy", "Release", "Remove", "Terminate"]),
    (
      "modified",
      [
        "Add", "Apply", "Assign", "Associate", "Attach", "Authorize", "Cancel", "Change",
        "Deactivate", "Detach", "Disable", "Disassociate", "Enable", "Modify", "Put", "Replace",
        "Reset", "Resync", "Revoke", "Set", "Tag", "Unassign", "Untag", "Update", "Upload",
      ]
    ),
    (
      "read",
      [
        "BatchCheck", "BatchGet", "Decrypt", "Describe", "Download", "Filter", "Get", "Head",
        "List", "Lookup", "Query", "Scan", "Search", "Select", "Simulate", "Test", "View",
      ]
    ),
    ("started", ["Start"]),
    ("stopped", ["Stop"]),
    ("restarted", ["Reboot", "Restart"]),
  ]
}

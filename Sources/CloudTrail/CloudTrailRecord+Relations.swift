package import Events
import JSON

/// What is unusual about a record, and which others it speaks of.
extension CloudTrailRecord {
  /// An object of it holds a key twice: AWS writes no such record, and readers differ on it.
  package static let duplicateKeysMark: Text = "dup-key"
  /// It was written later to complete or correct another, and counts beside that.
  package static let addendumMark: Text = "addendum to another record"

  /// Names of other records are short; what is longer is none.
  private static let longestID = 64

  /// What the rows of the record are marked with; nothing for almost all.
  package var marks: [Text] {
    var marks: [Text] = []
    if hasDuplicateKeys { marks.append(Self.duplicateKeysMark) }
    if sourceType == .cloudTrail, value["addendum"]?.kind == .object {
      marks.append(Self.addendumMark)
    }
    return marks
  }

  /// The eventID of the record that this one amends; nil for one that amends none.
  package var amendedEventID: String? {
    guard sourceType == .cloudTrail else { return nil }
    return Self.id(value["addendum"]?["originalEventID"])
  }

  /// What the copies of one action bear that several accounts were told of, each under an eventID
  /// of its own: no sign that two records are one.
  package var sharedEventID: String? {
    sourceType == .cloudTrail ? Self.id(value["sharedEventID"]) : nil
  }

  private static func id(_ value: JSONValue?) -> String? {
    guard let id = value?.string, !id.isEmpty, id.utf8.count <= longestID,
      id.utf8.allSatisfy({ $0 < 0x80 })
    else { return nil }
    return id
  }
}

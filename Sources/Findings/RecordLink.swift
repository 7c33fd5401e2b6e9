package import Events

/// A way from a record to another that it speaks of, or that speaks of it.
package struct RecordLink: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// The other is the one that this completes or corrects.
    case amends
    case amendedBy = "amended by"
    /// The other tells another account of the same action.
    case shares = "same action in another account"
    /// The other bears the same eventID and is not the same: one of them is forged.
    case contests = "another record bears the same eventID"
  }

  package var kind: Kind
  /// Content hash of the record that the link is of.
  package var from: [UInt8]
  /// Content hash of the other; nil where it is named and not kept.
  package var to: [UInt8]?
  /// The other's eventID, or the name that both bear.
  package var name: String
  /// Of the other, where it is kept.
  package var time: Timestamp?

  package init(
    kind: Kind, from: [UInt8], to: [UInt8]?, name: String, time: Timestamp? = nil
  ) {
    self.kind = kind
    self.from = from
    self.to = to
    self.name = name
    self.time = time
  }
}

/// A record that is kept, by itself.
package struct RecordCard: Equatable, Sendable {
  package var record: StoredRecord
  package var links: [RecordLink]

  package init(record: StoredRecord, links: [RecordLink]) {
    self.record = record
    self.links = links
  }
}

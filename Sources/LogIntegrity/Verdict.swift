package import Events

/// What is known of a file's integrity.
package enum FileState: String, CaseIterable, Sendable {
  /// A signature by CloudTrail's key covers it, directly or through its digest.
  case verified
  /// Its hash is the one that a digest gives; no signature of that digest was checked.
  case hashOnly = "hash only"
  /// What would vouch for it has not come yet.
  case pending
  /// It is not what CloudTrail delivered, or not where.
  case mismatch = "MISMATCH"
  /// A digest names it, and it is not there.
  case missing
  /// No digest names it.
  case undigested
  /// It could not be read.
  case unreadable
}

/// What a file is.
package enum FileKind: String, Sendable {
  case digest
  case log
}

/// What came out for one file.
package struct Verdict: Sendable, Equatable {
  package var kind: FileKind
  /// On disk; the address in S3 of what is missing.
  package var path: String
  package var state: FileState
  /// Why, in sentences' parts; empty where the state says it all.
  package var reasons: [Reason]
  /// The digest that decided, as a path; nil where none did.
  package var digest: String?
  /// The end of a digest's hour; of a log file the time in its name.
  package var time: Timestamp?
  /// The SHA-256 of what the file holds, inflated; nil where it was not read.
  package var hash: [UInt8]?
  /// What it is in S3 by the digest that lists it; nil where none does.
  package var object: ObjectName?

  /// All reasons as one text; nil where there is none.
  package var reason: String? {
    reasons.isEmpty ? nil : reasons.map(\.sentence).joined(separator: "; ")
  }
}

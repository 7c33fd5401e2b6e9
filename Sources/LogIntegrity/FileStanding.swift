package import Events

/// What is known of one file while its directory is followed: its verdict, and what spares reading
/// it again.
package struct FileStanding: Equatable, Sendable {
  package var kind: FileKind
  /// On disk; the address in S3 of what is missing.
  package var path: String
  package var state: FileState
  package var reason: String?
  /// The digest that decided, as a path.
  package var digest: String?
  /// The end of a digest's hour; of a log file the time in its name.
  package var time: Timestamp?
  /// The SHA-256 of what it holds, inflated.
  package var hash: [UInt8]?
  /// The address in S3 that a digest gives it.
  package var object: String?
  /// The file as it was when it was read; empty where it was not.
  package var stamp: [UInt8] = []
  /// How often it was told that something is wrong with the file, or no longer.
  package var turn = 0
  /// The event time under which something is wrong with the file; nil while nothing is.
  package var raised: Timestamp?

  package init(kind: FileKind, path: String, state: FileState) {
    self.kind = kind
    self.path = path
    self.state = state
  }

  init(_ verdict: Verdict) {
    self.init(kind: verdict.kind, path: verdict.path, state: verdict.state)
    reason = verdict.reason
    digest = verdict.digest
    time = verdict.time
    hash = verdict.hash
    object = verdict.object?.address
  }

  /// Whether it is a finding.
  package var isBad: Bool { state == .mismatch || state == .missing }

  /// The account and region in the file's name.
  package var account: String? { place?.account.string }
  package var region: String? { place?.region.string }

  private var place: FileName.Place? { FileName(Text(lastComponentOf: path)).place }
}

/// One file of which something else is known now.
package struct StandingChange: Equatable, Sendable {
  /// What is kept from now on; nil where the file is of no more interest.
  package var standing: FileStanding?
  /// What is to be told of it: that something is wrong, something else, or nothing any more.
  package var notice: FileStanding?
  package let path: String
}

package import Events

/// Where images of one name lie: a repository in a registry, which an account has in a region.
package struct ImagePlace: Hashable, Sendable {
  package var account: String
  /// Empty where the record does not tell it.
  package var region: String
  package var repository: String

  package init(account: String, region: String, repository: String) {
    self.account = account
    self.region = region
    self.repository = repository
  }
}

/// One answer to somebody who asked what a scan of an image has found: all of it, or a page.
///
/// Pages of one scan have the place, the image and the completion in common.
package struct ScanPage: Equatable, Sendable {
  package struct Finding: Hashable, Sendable {
    package var name: String
    /// Tells findings of one name apart: a hash of all that is said of it.
    package var print: UInt64

    package init(name: String, print: UInt64) {
      self.name = name
      self.print = print
    }
  }

  package var place: ImagePlace
  /// The digest, with its `sha256:`.
  package var image: String
  package var completed: Timestamp
  /// When it was asked for.
  package var read: Timestamp
  /// The tag that it was asked by.
  package var tag: String?
  package var findings: [Finding] = []
  /// `findingSeverityCounts`: of the whole scan; nil where the answer has none.
  package var counts: [String: Int]?
  /// `nextToken` of the request: nil asks for the first page.
  package var asked: String?
  /// `nextToken` of the answer: nil says that this page is the last.
  package var next: String?

  package init(place: ImagePlace, image: String, completed: Timestamp, read: Timestamp) {
    self.place = place
    self.image = image
    self.completed = completed
    self.read = read
  }
}

/// Somebody's push of an image.
package struct ImagePush: Hashable, Sendable {
  package var place: ImagePlace
  package var image: String
  package var tag: String?
  package var user: String?
  package var time: Timestamp

  package init(
    place: ImagePlace, image: String, tag: String?, user: String?, time: Timestamp
  ) {
    self.place = place
    self.image = image
    self.tag = tag
    self.user = user
    self.time = time
  }
}

/// Whether a finding is in its images, by the newest complete scan of each tag that they have had,
/// or of the image itself where it has none.
package enum Presence: Hashable, Sendable {
  /// A tag's newest complete scan has it.
  case stillThere
  /// It has come since a tag's last complete scan, or since the one before that.
  case new
  /// No tag's newest complete scan has it.
  case gone
  /// No scan that could tell was read as a whole: so many findings of so many are seen.
  case incomplete(seen: Int, of: Int)
  case unknown
}

/// How much of a scan has been seen.
package struct ScanExtent: Equatable, Sendable {
  package var completed: Timestamp
  package var seen: Int
  /// By its counts; nil where these are not known.
  package var all: Int?
  package var isComplete: Bool

  package init(completed: Timestamp, seen: Int, all: Int?, isComplete: Bool) {
    self.completed = completed
    self.seen = seen
    self.all = all
    self.isComplete = isComplete
  }
}

/// What is known of an image beside its findings.
package struct ImageOrigin: Equatable, Sendable {
  /// Sorted by bytes.
  package var tags: [String] = []
  /// The newest push.
  package var push: ImagePush?
  /// The newest scan.
  package var scan: ScanExtent?

  package init() {}
}

package import Events

/// A file in the list of files: one that is read, or one that digests speak of.
package struct FileLine: Equatable, Sendable {
  /// The address in S3 of a file that is missing.
  package var path: String
  /// `lines`, `document`, `gzip`, `digest`, of a job `rows`, `progress`; nil where it was not read
  /// yet.
  package var format: String?
  /// `following`, `complete`, `incomplete`, `unreadable`, `gone`; nil of a file that is not read
  /// for its records.
  package var state: String?
  /// Why the state is not a good one; else what its digests have against it.
  package var reason: String?
  /// Bytes taken and bytes there.
  package var offset: Int64 = 0
  package var size: Int64 = 0
  /// Records read from it, matched or not.
  package var records: Int64 = 0
  /// Records a second when it was last read.
  package var rate: Double = 0
  /// When it was last read, by the wall clock.
  package var readAt: Timestamp?
  /// `verified`, `hash only`, `pending`, `MISMATCH`, `missing`, `undigested`; nil where digests
  /// are not looked at.
  package var integrity: String?
  /// Records of it that could not be read and are kept.
  package var deadLetters = 0

  package init(path: String) { self.path = path }

  /// Bytes that are there and not taken.
  package var behind: Int64 { state == "gone" || state == nil ? 0 : max(0, size - offset) }
}

/// A dead letter in the list of them.
package struct LetterLine: Equatable, Sendable {
  /// Names it: the newest has the greatest.
  package var number: Int64
  package var letter: DeadLetter

  package init(number: Int64, letter: DeadLetter) {
    self.number = number
    self.letter = letter
  }
}

/// Everything known of one file.
package struct FileCard: Equatable, Sendable {
  package var line: FileLine
  /// Nil of a file that is not read for its records.
  package var file: SourceFile?
  package var integrity: FileIntegrity?
  /// The newest of them first; `line` says how many there are.
  package var letters: [LetterLine]

  package init(
    line: FileLine, file: SourceFile?, integrity: FileIntegrity?, letters: [LetterLine]
  ) {
    self.line = line
    self.file = file
    self.integrity = integrity
    self.letters = letters
  }
}

/// A job whose rows are read, by what its progress files say.
package struct JobLine: Equatable, Sendable {
  /// Where it writes.
  package var directory: String
  package var batches = 0
  /// When its newest batch was done, by its own clock.
  package var at = Timestamp(seconds: 0)
  package var files: Int64 = 0
  package var records: Int64 = 0
  /// Records that do not parse, and those behind the watermark; it has written them aside.
  package var dead: Int64 = 0
  package var late: Int64 = 0
  /// Time of the newest event that it has read.
  package var newest: Timestamp?

  package init(directory: String) { self.directory = directory }
}

/// All files in a few figures.
package struct FilesSummary: Equatable, Sendable {
  /// How many files are in each state.
  package var states: [String: Int] = [:]
  /// How many log files and digests are in each state by the digests.
  package var integrity: [String: Int] = [:]
  package var records: Int64 = 0
  package var behind: Int64 = 0
  /// Records that could not be read: all that there were, and those that are still kept.
  package var deadLetters = 0
  package var lettersKept = 0
  /// Jobs whose rows are read, and rows of theirs that nothing became of.
  package var jobs: [JobLine] = []
  package var notTaken: [RowsNotTaken] = []

  package init() {}

  package var files: Int { states.values.reduce(0, +) }
}

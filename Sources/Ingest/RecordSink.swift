/// Takes what a reader thread finds; made, called and dropped on that one thread.
///
/// Units come first, then the checkpoint that covers them: a caller who keeps both in one
/// transaction neither loses a unit nor takes one twice. A blocking call holds the reader back.
package protocol RecordSink: AnyObject {
  /// A unit that may matter: a line, an element of an envelope, a record, still undecoded.
  ///
  /// - Parameters:
  ///   - bytes: a whole JSON value by its brackets, not validated; gone when the call returns.
  ///   - offset: where it begins in the file, for gzip in the inflated text.
  ///   - path: the file as its user would name it.
  func unit(_ bytes: UnsafeRawBufferPointer, at offset: Int64, in path: String)

  /// What came since the last checkpoint is settled.
  func checkpoint(_ progress: FileProgress)

  /// What came since the last checkpoint is void: the document was not whole, and comes again.
  func discard()
}

/// How far a file has been read, and what was met on the way.
package struct FileProgress: Sendable {
  package var path: String
  package var state: FileState
  /// Why the state is not a good one, in words; nil where there is nothing to say.
  package var reason: String?
  /// Bytes taken and bytes there.
  package var offset: Int64
  package var size: Int64
  /// Records read from the file so far, candidates or not; in a scan, from this part of it.
  package var records: Int64
  /// Those of them since the last checkpoint of this reader.
  package var recordsAdded: Int64 = 0
  /// Bad units since the last checkpoint of this reader; beyond `BadUnits.limit` only counted.
  package var badUnits: [BadUnit] = []
  /// All bad units since the last checkpoint of this reader.
  package var badUnitsAdded: Int64 = 0
  /// What `Follower` wants back after a restart: opaque.
  ///
  /// Empty from `ReadOnce`, and for a path whose file was renamed: the mark is at the new one.
  package var checkpoint: [UInt8]
  /// `lines`, `document`, `gzip`; empty where nothing was read yet.
  package private(set) var format = ""
  /// How often the file at this path turned out to be another one.
  package private(set) var generation: UInt64 = 0
  /// SHA-256 of a document that was read whole, as it lies on disk; empty for lines.
  package private(set) var content: [UInt8] = []

  /// What a mark says of the file, beside how far it was read.
  mutating func describe(_ mark: ReadMark) {
    format = mark.format
    generation = mark.generation
    content = mark.content
  }

  init(
    path: String, state: FileState, reason: String?, offset: Int64, size: Int64, records: Int64,
    checkpoint: [UInt8]
  ) {
    self.path = path
    self.state = state
    self.reason = reason
    self.offset = offset
    self.size = size
    self.records = records
    self.checkpoint = checkpoint
  }
}

/// What is known of a file.
package enum FileState: String, Sendable, CaseIterable {
  /// Lines are taken as they are appended.
  case following
  /// A document that was read as a whole.
  case complete
  /// A document that is not whole yet; tried again.
  case incomplete
  /// It could not be opened or read; tried again.
  case unreadable
  /// It was there, and no longer is.
  case gone
}

internal import Compression
internal import Workers

extension FileReader {
  /// Whether a file holds lines; what cannot be read does not.
  func isLines(_ path: FilePath) -> Bool {
    do throws(IngestProblem) {
      let file = try files.open(path)
      guard try !isGzip(file) else { return false }
      return try kind(of: file, at: 0) == .lines
    } catch {
      return false  // reported when it is read
    }
  }

  /// Reads a part of a scan, checkpoint by checkpoint.
  func read(_ part: FilePart, stop: StopFlag, account: ReadAccount) {
    let done = Done(part: part, account: account)
    output.begin(done.path)
    do throws(IngestProblem) {
      let file = try files.open(part.path)
      if try !readSmall(file, part) {
        if try isGzip(file) {
          try noteEnding(frameGzip(file, size: file.facts().size) { !stop.isRaised })
          if stop.isRaised { return output.discard() }
        } else if part.isWhole, try kind(of: file, at: 0) == .document {
          try noteEnding(frameDocument(file, at: 0))
        } else {
          try readLines(part, of: file, stop: stop, done: done)
        }
      }
      settle(done, upTo: part.start + part.byteCount)
      if part.end == .max { account.addFile() }
    } catch {
      output.discard()
      account.addUnreadable(
        done.path, reason: error.sentence,
        bytesLeft: part.start + part.byteCount - done.offset, endsFile: part.end == .max)
    }
  }

  /// Reads a file that fits into one piece; false where it does not.
  private func readSmall(_ file: any OpenFile, _ part: FilePart) throws(IngestProblem) -> Bool {
    guard part.isWhole, let bytes = try loadSmall(file, size: part.size) else { return false }
    try noteEnding(
      GzipStream.isMember(bytes, at: 0) ? frameGzip(bytes, of: file) : frameText(bytes))
    return true
  }

  private func readLines(
    _ part: FilePart, of file: any OpenFile, stop: StopFlag, done: Done
  )
    throws(IngestProblem)
  {
    guard let start = try lineStart(part, in: file) else { return }
    // A last line without line feed that began in this part is this part's.
    _ = try frameLines(file, at: start, until: part.end, tail: .finish) { offset, _ in
      settle(done, upTo: offset)
      return !stop.isRaised
    }
  }

  /// Where the first line begins that is the part's; nil where none does.
  private func lineStart(_ part: FilePart, in file: any OpenFile) throws(IngestProblem) -> Int64? {
    guard part.start > 0 else { return 0 }
    var offset = part.start - 1
    while offset < part.end - 1 {
      let bytes = try file.bytes(at: offset, count: 64 << 10)
      if bytes.isEmpty { return nil }
      if let feed = bytes.firstIndex(of: 0x0a) {
        let start = offset + Int64(feed) + 1
        return start < part.end ? start : nil
      }
      offset += Int64(bytes.count)
    }
    return nil
  }

  /// In a scan nothing more will come: a value that is not closed is a bad one.
  private func noteEnding(_ ending: DocumentFramer.Ending) {
    if case .cutOff(let offset) = ending { output.bad(.cutOff, at: offset) }
  }

  /// What a part has settled so far.
  private final class Done {
    let part: FilePart
    let path: String
    let account: ReadAccount
    var offset: Int64
    var records: Int64 = 0

    init(part: FilePart, account: ReadAccount) {
      self.part = part
      self.account = account
      path = part.path.shown
      offset = part.start
    }
  }

  private func settle(_ done: Done, upTo offset: Int64) {
    let bytes = max(0, min(offset, done.part.start + done.part.byteCount) - done.offset)
    let records = output.records
    done.records += records
    done.offset += bytes
    let isEnd = done.offset >= done.part.start + done.part.byteCount
    done.account.add(bytes: bytes, records: records, badUnits: output.badUnits.count)
    output.checkpoint(
      FileProgress(
        path: done.path, state: isEnd ? .complete : .following, reason: nil,
        offset: done.offset, size: done.part.size, records: done.records, checkpoint: []))
  }
}

internal import Digest
internal import Events
internal import Ingest

/// A digest file as it was read, or what is wrong with it.
struct DigestReading: Sendable {
  /// A digest of a hundred thousand log files is some 40 MiB long.
  static let digestLimit = 128 << 20
  private static let noteLimit = 1 << 20

  private(set) var copy: DigestCheck.Copy?
  /// Nil where there is a copy.
  private(set) var verdict: Verdict?

  /// Reads a file and, where one lies beside it, the note with its signature.
  init(_ file: ArchivedFile, note: ArchivedFile?) {
    do {
      guard let bytes = try file.contents(limit: Self.digestLimit) else {
        fail(file, .mismatch, .malformed(.tooLong(limit: Self.digestLimit)))
        return
      }
      var copy = DigestCheck.Copy(file: file, digest: try DigestFile(bytes))
      if let note { Self.read(note, into: &copy) }
      self.copy = copy
    } catch let problem as DigestProblem {
      fail(file, .mismatch, .malformed(problem))
    } catch {
      guard let problem = error as? IngestProblem else { preconditionFailure("no other is thrown") }
      if case .compression = problem {
        fail(file, .mismatch, .damaged(problem.sentence))
      } else {
        fail(file, .unreadable, .unreadable(problem.sentence))
      }
    }
  }

  private mutating func fail(_ file: ArchivedFile, _ state: FileState, _ reason: Reason) {
    verdict = Verdict(
      kind: .digest, path: file.path, state: state, reasons: [reason], digest: nil, time: nil)
  }

  private static func read(_ note: ArchivedFile, into copy: inout DigestCheck.Copy) {
    do {
      guard let bytes = try note.contents(limit: noteLimit) else {
        throw DigestProblem.tooLong(limit: noteLimit)
      }
      copy.signature = try SignatureNote.signature(in: bytes)
    } catch {
      // A note that cannot be read is one that does not say what it should.
      copy.problem = error as? DigestProblem ?? .lacks(field: "Metadata.signature")
    }
  }
}

extension ArchivedFile {
  /// The SHA-256 of what the file holds, inflated.
  var contentHash: Result<[UInt8], IngestProblem> {
    var hash = ContentHash()
    do throws(IngestProblem) {
      try read { hash.update($0) }
      return .success(hash.digest())
    } catch {
      return .failure(error)
    }
  }
}

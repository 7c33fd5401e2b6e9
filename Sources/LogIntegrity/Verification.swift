internal import Digest
internal import Events
package import Ingest

/// Checks the log files under some paths against the digests there, and the digests against
/// CloudTrail's public keys: nothing but local files is asked.
package struct Verification: Sendable {
  /// A digest of a hundred thousand log files is some 40 MiB long.
  static let digestLimit = 128 << 20
  private static let noteLimit = 1 << 20

  private let paths: [String]
  private let keys: PublicKeys
  private let threads: Int

  /// Over files and directories; so many threads read files at a time.
  package init(paths: [String], keys: PublicKeys, threads: Int) {
    self.paths = paths
    self.keys = keys
    self.threads = threads
  }

  /// Reads on threads of its own and returns when they are done.
  package func run(
    progress: @escaping @Sendable (ReadOnce.Progress) -> Void = { _ in }
  ) -> IntegrityReport {
    let archive = Archive(paths: paths)
    let sorted = SortedFiles(archive.files)
    let sweep = Sweep(
      threads: threads, files: sorted.digests.count + sorted.logs.count,
      bytes: (sorted.digests + sorted.logs).reduce(0) { $0 + $1.size }, progress: progress)

    let read = sweep.map(sorted.digests) { Self.readDigest($0, note: sorted.notes[Text($0.path)]) }
    let digests = DigestCheck(read.compactMap(\.copy), keys: keys)
    var verdicts = digests.verdicts + read.compactMap(\.verdict)
    verdicts += digests.missing(from: FileIndex(sorted.digests))

    let logs = LogCheck(digests: digests, files: sorted.logs)
    verdicts += sweep.map(sorted.logs) { file in
      guard logs.isListed(file) else { return logs.verdict(onUnlisted: file) }
      return logs.verdict(on: file, hash: Self.hash(of: file))
    }
    verdicts += logs.missing(from: FileIndex(sorted.logs))
    return IntegrityReport(
      verdicts: verdicts, unproven: digests.copies.indices.count(where: digests.isUnproven),
      unreadable: archive.unreadable)
  }

  /// A digest file, or what is wrong with it.
  private struct ReadDigest: Sendable {
    var copy: DigestCheck.Copy?
    var verdict: Verdict?
  }

  private static func readDigest(_ file: ArchivedFile, note: ArchivedFile?) -> ReadDigest {
    func failed(_ state: FileState, _ reason: Reason) -> ReadDigest {
      ReadDigest(
        verdict: Verdict(
          kind: .digest, path: file.path, state: state, reasons: [reason], digest: nil, time: nil))
    }
    do {
      guard let bytes = try file.contents(limit: digestLimit) else {
        return failed(.mismatch, .malformed(.tooLong(limit: digestLimit)))
      }
      var copy = DigestCheck.Copy(file: file, digest: try DigestFile(bytes))
      if let note { readNote(note, into: &copy) }
      return ReadDigest(copy: copy)
    } catch let problem as DigestProblem {
      return failed(.mismatch, .malformed(problem))
    } catch {
      guard let problem = error as? IngestProblem else { preconditionFailure("no other is thrown") }
      if case .compression = problem { return failed(.mismatch, .damaged(problem.sentence)) }
      return failed(.unreadable, .unreadable(problem.sentence))
    }
  }

  private static func readNote(_ note: ArchivedFile, into copy: inout DigestCheck.Copy) {
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

  private static func hash(of file: ArchivedFile) -> Result<[UInt8], IngestProblem> {
    var hash = ContentHash()
    do throws(IngestProblem) {
      try file.read { hash.update($0) }
      return .success(hash.digest())
    } catch {
      return .failure(error)
    }
  }
}

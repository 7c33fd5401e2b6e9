internal import Events
package import Ingest

/// Checks the log files under some paths against the digests there, and the digests against
/// CloudTrail's public keys: nothing but local files is asked.
package struct Verification: Sendable {
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

    let read = sweep.map(sorted.digests) {
      DigestReading($0, note: sorted.notes[Text($0.path)])
    }
    let digests = DigestCheck(read.compactMap(\.copy), keys: keys)
    var verdicts = digests.verdicts + read.compactMap(\.verdict)
    verdicts += digests.missing(from: FileIndex(sorted.digests))

    let logs = LogCheck(digests: digests, files: sorted.logs)
    verdicts += sweep.map(sorted.logs) { file in
      guard logs.isListed(file) else { return logs.verdict(onUnlisted: file) }
      return logs.verdict(on: file, hash: file.contentHash)
    }
    verdicts += logs.missing(from: FileIndex(sorted.logs))
    return IntegrityReport(
      verdicts: verdicts, unproven: digests.copies.indices.count(where: digests.isUnproven),
      unreadable: archive.unreadable)
  }
}

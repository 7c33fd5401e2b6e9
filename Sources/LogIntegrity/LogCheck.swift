internal import Digest
internal import Events
internal import Ingest

/// The log files of an archive against what its digests list.
struct LogCheck {
  /// A log file as a digest lists it.
  private struct Listing {
    var entry: DigestFile.Entry
    /// Number of the digest.
    var digest: Int
  }

  private let digests: DigestCheck
  private let listings: [Text: [Listing]]
  private let coverage: Coverage

  init(digests: DigestCheck, files: [ArchivedFile]) {
    self.digests = digests
    var listings: [Text: [Listing]] = [:]
    for (index, copy) in digests.copies.enumerated() {
      for entry in copy.digest.entries {
        listings[entry.object.name, default: []].append(Listing(entry: entry, digest: index))
      }
    }
    self.listings = listings
    coverage = Coverage(
      digests.copies.map(\.digest),
      newest: files.compactMap { FileName($0.name).time }.max())
  }

  func isListed(_ file: ArchivedFile) -> Bool { !listings(of: file).isEmpty }

  /// The verdict on a file that no digest lists.
  func verdict(onUnlisted file: ArchivedFile) -> Verdict {
    let name = FileName(file.name)
    let (state, reason) = coverage.standing(of: name)
    return Verdict(
      kind: .log, path: file.path, state: state, reasons: [reason], digest: nil, time: name.time)
  }

  /// The verdict on a listed file with that SHA-256.
  func verdict(on file: ArchivedFile, hash: Result<[UInt8], IngestProblem>) -> Verdict {
    let listings = best(listings(of: file))
    let object = listings.first?.entry.object
    var verdict = Verdict(
      kind: .log, path: file.path, state: .mismatch, reasons: [],
      digest: listings.first.map { digests.copies[$0.digest].file.path },
      time: FileName(file.name).time, object: object)
    switch hash {
    case .failure(let problem):
      if case .compression = problem {
        verdict.reasons = [.damaged(problem.sentence)]
      } else {
        verdict.state = .unreadable
        verdict.reasons = [.unreadable(problem.sentence)]
      }
    case .success(let hash):
      verdict.hash = hash
      let match = listings.first { $0.entry.hash == hash }
      if let match { verdict.digest = digests.copies[match.digest].file.path }
      (verdict.state, verdict.reasons) = judgement(
        isSame: match != nil, by: listings.first.map { digests.state(of: $0.digest) })
    }
    return verdict
  }

  /// Listed files that are not there, each once.
  func missing(from files: FileIndex) -> [Verdict] {
    listings.values.flatMap { listings -> [Verdict] in
      Dictionary(grouping: listings, by: \.entry.object).compactMap { object, listings in
        guard !files.holds(object), let listing = best(listings).first else { return nil }
        let isBroken = digests.state(of: listing.digest) == .mismatch
        return Verdict(
          kind: .log, path: object.address, state: .missing,
          reasons: [.absent] + (isBroken ? [.digestBroken] : []),
          digest: digests.copies[listing.digest].file.path,
          time: FileName(object.name).time, object: object)
      }
    }
  }

  private func judgement(isSame: Bool, by digest: FileState?) -> (FileState, [Reason]) {
    switch (isSame, digest) {
    case (true, .verified): (.verified, [])
    case (true, .mismatch): (.undigested, [.digestBroken])
    case (true, _): (.hashOnly, [.digestNotVerified])
    case (false, .mismatch): (.mismatch, [.changed, .digestBroken])
    case (false, _): (.mismatch, [.changed])
    }
  }

  private func listings(of file: ArchivedFile) -> [Listing] {
    let name = file.name
    return [name, Text(name.string + ".gz")].flatMap { listings[$0, default: []] }
      .filter { $0.entry.object.mayLie(at: file) }
  }

  /// The listings of the most trustworthy digests: a forged one must not outvote a signed one.
  private func best(_ listings: [Listing]) -> [Listing] {
    func distrust(_ listing: Listing) -> Int {
      switch digests.state(of: listing.digest) {
      case .verified: 0
      case .mismatch: 2
      default: 1
      }
    }
    guard let least = listings.map(distrust).min() else { return [] }
    return listings.filter { distrust($0) == least }
  }
}

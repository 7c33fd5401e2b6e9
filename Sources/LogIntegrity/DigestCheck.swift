internal import Events
internal import Ingest

/// The digests of an archive, each checked by itself and by the digest after it.
///
/// A digest carries the signature and the hash of the one before it. So local files alone verify
/// all digests but the newest of each chain, whose signature is in the metadata of its object.
struct DigestCheck {
  /// A digest file that could be read.
  struct Copy {
    var file: ArchivedFile
    var digest: DigestFile
    /// From the file with its signature, where one lies beside it.
    var signature: [UInt8]?
    var problem: DigestProblem?
  }

  let copies: [Copy]
  private let keys: PublicKeys
  /// The digests that name one as the one before them.
  private let successors: [ObjectName: [Int]]
  /// The full names that digests give to the one before them, by key.
  private let names: [Text: ObjectName]
  private let known: Set<ObjectName>
  private let chains: DigestChains
  private var states: [FileState] = []
  private var reasons: [[Reason]] = []

  init(_ copies: [Copy], keys: PublicKeys) {
    self.copies = copies
    self.keys = keys
    var successors: [ObjectName: [Int]] = [:]
    for (index, copy) in copies.enumerated() {
      guard let previous = copy.digest.previous else { continue }
      successors[previous.object, default: []].append(index)
    }
    self.successors = successors
    names = Dictionary(successors.keys.map { ($0.key, $0) }) { first, _ in first }
    known = Set(copies.map(\.digest.object))
    chains = DigestChains(copies.map(\.digest))
    for index in copies.indices {
      let (state, reason) = check(index)
      states.append(state)
      reasons.append([reason].compactMap { $0 })
    }
    for index in copies.indices { addRemarks(to: index) }
  }

  func state(of index: Int) -> FileState { states[index] }

  /// A verdict for each digest file.
  var verdicts: [Verdict] {
    copies.indices.map { index in
      Verdict(
        kind: .digest, path: copies[index].file.path, state: states[index],
        reasons: reasons[index], digest: carrier(of: index).map { copies[$0].file.path },
        time: copies[index].digest.end, hash: copies[index].digest.hash)
    }
  }

  /// Whether a digest that keys were given for stays unproven although its signature is not on
  /// its way.
  func isUnproven(_ index: Int) -> Bool {
    guard !keys.isEmpty, [.hashOnly, .pending].contains(states[index]) else { return false }
    return !chains.awaitsSuccessor(index)
      || reasons[index].contains { reason in
        if case .unknownKey = reason { true } else { false }
      }
  }

  /// Digests that another names as the one before it, with older ones of their chain here, and
  /// that are not among all digest files: whoever downloads from a date on misses none.
  func missing(from files: FileIndex) -> [Verdict] {
    var missing: [Verdict] = []
    for (object, after) in successors where !known.contains(object) {
      guard let first = after.first, chains.hasOlder(than: first), !files.holds(object) else {
        continue
      }
      missing.append(
        Verdict(
          kind: .digest, path: object.address, state: .missing, reasons: [.absent],
          digest: copies[first].file.path, time: copies[first].digest.start))
    }
    return missing
  }

  private func check(_ index: Int) -> (FileState, Reason?) {
    let copy = copies[index]
    let digest = copy.digest
    guard digest.object.mayLie(at: copy.file) else {
      return (.mismatch, .moved(from: digest.object))
    }
    let after = successors[digest.object, default: []].compactMap { copies[$0].digest.previous }
    if after.isEmpty, let other = names[digest.object.key] {
      return (.mismatch, .knownAs(other))
    }
    guard keys.has(digest.fingerprint) else { return checkHash(index, after) }
    let signatures = [copy.signature].compactMap { $0 } + after.compactMap(\.signature)
    if signatures.contains(where: { keys.haveSigned(digest, as: $0) }) { return (.verified, nil) }
    if !signatures.isEmpty { return (.mismatch, .wrongSignature) }
    guard chains.awaitsSuccessor(index) else { return (.pending, .noSignatureAtEnd) }
    return (.pending, copy.problem.map(Reason.unusableNote) ?? .noSignatureYet)
  }

  /// Without a key the hash in the digest after it has to do.
  private func checkHash(_ index: Int, _ after: [DigestFile.Previous]) -> (FileState, Reason?) {
    let digest = copies[index].digest
    let hashes = after.compactMap(\.hash)
    if !hashes.isEmpty, !hashes.contains(digest.hash) { return (.mismatch, .wrongHash) }
    let region = FileName(digest.object.name).place?.region.string ?? "REGION"
    let reason: Reason =
      keys.isEmpty
      ? .noKeys
      : .unknownKey(
        fingerprint: digest.fingerprint.string, region: region, time: digest.end)
    return (hashes.isEmpty ? .pending : .hashOnly, reason)
  }

  /// Says what is odd about a digest's place in its chain.
  private mutating func addRemarks(to index: Int) {
    let digest = copies[index].digest
    if states[index] == .mismatch, let carrier = carrier(of: index), states[carrier] == .mismatch {
      reasons[index].append(.carrierBroken)
    }
    if let previous = digest.previous {
      guard !known.contains(previous.object), !chains.hasOlder(than: index) else { return }
      reasons[index].append(.beginsHere)
    } else if let older = chains.older(than: index) {
      reasons[index].append(.newChain(from: copies[older].digest.end, to: digest.start))
    }
  }

  private func carrier(of index: Int) -> Int? { successors[copies[index].digest.object]?.first }
}

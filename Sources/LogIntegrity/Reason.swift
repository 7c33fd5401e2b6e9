package import Events

/// Why a file is in its state.
package enum Reason: Hashable, Sendable {
  case moved(from: ObjectName)
  case knownAs(ObjectName)
  case wrongSignature
  case wrongHash
  case noKeys
  case unknownKey(fingerprint: String, region: String, time: Timestamp)
  case noSignatureYet
  case noSignatureAtEnd
  case malformed(DigestProblem)
  case unusableNote(DigestProblem)
  case unreadable(String)
  case carrierBroken
  case beginsHere
  case newChain(from: Timestamp, to: Timestamp)
  case changed
  case damaged(String)
  case digestNotVerified
  case digestBroken
  case absent
  case noDigests
  case notCovered
  case notListed
  case awaited
  case settling
  case notYetHere

  package var sentence: String {
    switch self {
    case .moved(let object):
      "it was signed as '\(object.address)' and lies elsewhere: moved, renamed or copied"
    case .knownAs(let object): "the digest after it names it '\(object.address)'"
    case .wrongSignature: "its signature does not fit: it was changed, or signed by another key"
    case .wrongHash: "its hash is not the one in the digest after it"
    case .noKeys: "no public keys were given"
    case .unknownKey(let fingerprint, let region, let time):
      "its key '\(fingerprint)' is not among the public keys: "
        + "aws cloudtrail list-public-keys --region \(region)"
        + " --start-time \((time - 86_400).date) --end-time \((time + 86_400).date)"
    case .noSignatureYet: "its signature comes with the next digest"
    case .noSignatureAtEnd: "no digest goes on from it, so that its signature is not here"
    case .malformed(let problem): problem.sentence
    case .unusableNote(let problem): "the file with its signature is of no use: \(problem.sentence)"
    case .unreadable(let sentence): sentence
    case .carrierBroken: "the digest after it fails its own check"
    case .beginsHere: "the digest before it is not here"
    case .newChain(let from, let to):
      "a new chain begins: no digest from \(from.iso8601)Z to \(to.iso8601)Z"
    case .changed: "its hash is not the one in the digest"
    case .damaged(let sentence): sentence
    case .digestNotVerified: "its digest is not verified"
    case .digestBroken: "the digest that lists it fails its own check"
    case .absent: "it is not on disk"
    case .noDigests: "there are no digests of its account and region"
    case .notCovered: "no digest here covers its time"
    case .notListed: "the digests of its time do not list it"
    case .awaited: "the digest of its hour is not here yet"
    case .settling: "it does not fit, and may still be being written"
    case .notYetHere: "a digest lists it, and it is not here yet"
    }
  }
}

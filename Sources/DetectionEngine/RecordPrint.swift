import Events

/// What tells a record from all others, in 128 bits that are seeded anew in each process, so that
/// nobody can make two records that share them.
struct RecordPrint: Hashable, Sendable {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(_ identity: RecordIdentity) {
    self.init(high: Self.half(0, of: identity), low: Self.half(1, of: identity))
  }

  private static func half(_ number: UInt8, of identity: RecordIdentity) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(number)
    hasher.combine(identity)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}

/// What tells an eventID from others, in as many bits as a hash has; nil where there is none.
struct EventPrint: Hashable, Sendable {
  let word: UInt64

  init?(_ identity: RecordIdentity?) {
    guard let eventID = identity?.eventID else { return nil }
    word = UInt64(bitPattern: Int64(eventID.hashValue)) | 1
  }

  /// As it was written: 0 for none.
  init?(word: UInt64) {
    guard word != 0 else { return nil }
    self.word = word
  }
}

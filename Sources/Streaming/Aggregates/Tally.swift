import Events

/// Texts and how often each came, bounded: which of too many are kept depends on no order.
///
/// Kept are those that come first in an order of the texts themselves; one that has to go never
/// comes back, so that what is kept is counted in full.
struct Tally: Sendable {
  enum Order: UInt8, Sendable {
    /// By bytes: the texts themselves are the answer.
    case bytes
    /// By a hash: those kept are a fair sample of all.
    case hash
  }

  static let limit = 10_000

  let order: Order
  private var counts: [Text: Int64] = [:]
  private var hasLostSome = false

  init(_ order: Order) { self.order = order }

  mutating func add(_ text: Text, times: Int64 = 1) {
    counts[text, default: 0] += times
    // Not at once: so that each text is sorted but a few times.
    if counts.count >= 2 * Self.limit { prune() }
  }

  /// Takes a text that counts once, however often it comes.
  mutating func insert(_ text: Text) {
    guard counts[text] == nil else { return }
    add(text)
  }

  mutating func merge(_ other: Tally, asSet: Bool) {
    for (text, count) in other.counts { asSet ? insert(text) : add(text, times: count) }
    hasLostSome = hasLostSome || other.hasLostSome
  }

  /// Whether there were more than can be kept.
  var isCapped: Bool { hasLostSome || counts.count > Self.limit }

  /// How many are in memory.
  var size: Int { counts.count }

  /// What is kept, in the tally's order.
  var kept: [(text: Text, count: Int64)] {
    var entries = counts.map { (text: $0.key, count: $0.value, hash: hash(of: $0.key)) }
    entries.sort { $0.hash == $1.hash ? $0.text < $1.text : $0.hash < $1.hash }
    return entries.prefix(Self.limit).map { ($0.text, $0.count) }
  }

  /// How many different texts there were: exact up to the limit, beyond it an estimate from how
  /// close together the hashes lie.
  var distinct: Int64 {
    guard isCapped, order == .hash, let last = kept.last else { return Int64(kept.count) }
    let share = Double(Self.stirred(last.text)) / Double(UInt64.max)
    return Int64((Double(Self.limit - 1) / share).rounded())
  }

  private mutating func prune() {
    hasLostSome = isCapped
    counts = Dictionary(uniqueKeysWithValues: kept.map { ($0.text, $0.count) })
  }

  private func hash(of text: Text) -> UInt64 { order == .hash ? Self.stirred(text) : 0 }

  /// FNV-1a, then stirred so that similar texts lie far apart.
  private static func stirred(_ text: Text) -> UInt64 {
    var hash = text.string.utf8.reduce(14_695_981_039_346_656_037 as UInt64) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    return hash ^ (hash >> 31)
  }
}

extension Tally: Equatable {
  static func == (left: Tally, right: Tally) -> Bool {
    left.order == right.order && left.isCapped == right.isCapped
      && left.kept.elementsEqual(right.kept, by: ==)
  }
}

extension Tally {
  func write(to writer: inout ByteWriter) {
    writer.write(order.rawValue | (isCapped ? 0x80 : 0))
    let kept = kept
    writer.write(count: kept.count)
    for (text, count) in kept {
      writer.write(text)
      writer.write(count)
    }
  }

  init(from reader: inout ByteReader) throws(StreamingProblem) {
    let flags = try reader.byte()
    guard let order = Order(rawValue: flags & 0x7f) else { throw .damaged }
    self.order = order
    hasLostSome = flags & 0x80 != 0
    for _ in 0..<(try reader.count()) {
      let text = try reader.text()
      let count = try reader.number()
      guard count > 0 else { throw .damaged }
      counts[text] = count
    }
  }
}

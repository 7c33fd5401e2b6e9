/// What is to be added to lines of the table `tallies`.
///
/// Rows that come together mostly change the same lines: these are found again by a few of the
/// key's bits, before the key is hashed.
struct TallyLines {
  /// A line's key in the table.
  struct Key: Hashable {
    var kind: TallyKind
    var hour: Int64
    var key: Int64
    var other: Int64 = 0

    fileprivate var place: Int {
      var mixed = UInt64(bitPattern: kind.rawValue &+ hour &* 31)
      mixed = mixed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(bitPattern: key)
      mixed = mixed &* 0xBF58_476D_1CE4_E5B9 &+ UInt64(bitPattern: other)
      return Int(truncatingIfNeeded: (mixed &* 0x94D0_49BB_1331_11EB) &>> 54)
    }
  }

  struct Change {
    var n: Int64 = 0
    var first: Int64?
    var last: Int64?

    /// Counts rows with the first sighting and the last where a line has them.
    mutating func add(_ count: Int64, first: Int64? = nil, last: Int64? = nil) {
      n += count
      if let first { self.first = min(self.first ?? first, first) }
      if let last { self.last = max(self.last ?? last, last) }
    }

    /// Of risk `first` is how many events, which is added and not compared.
    mutating func addRisk(_ score: Int64, _ events: Int64) {
      n += score
      first = (first ?? 0) + events
    }

    var isNothing: Bool { n == 0 && first ?? 0 == 0 && last == nil }
  }

  private(set) var all: [(key: Key, change: Change)] = []
  private var places: [Key: Int] = [:]
  private var recent = [Int](repeating: -1, count: 1_024)

  subscript(key: Key) -> Change {
    get { places[key].map { all[$0].change } ?? Change() }
    _modify {
      let place = place(of: key)
      yield &all[place].change
    }
  }

  private mutating func place(of key: Key) -> Int {
    let slot = key.place
    let guess = recent[slot]
    if guess >= 0, all[guess].key == key { return guess }
    let place: Int
    if let known = places[key] {
      place = known
    } else {
      place = all.count
      all.append((key, Change()))
      places[key] = place
    }
    recent[slot] = place
    return place
  }
}

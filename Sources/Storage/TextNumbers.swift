internal import Glibc

/// Numbers of texts by their bytes: an open table of places in one run of bytes.
///
/// Hashed with two random keys, so that nobody who writes logs can choose texts that collide; found
/// texts are compared byte for byte.
struct TextNumbers: Sendable {
  private struct Entry {
    var hash: UInt64
    var start: Int
    var count: Int
    var number: Int64
  }

  private let keys: (UInt64, UInt64)
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// Places in `entries` from 1 on, 0 for none; a power of two of them, half of them free at least.
  private var slots = [UInt32](repeating: 0, count: 1_024)

  init() {
    var random = SystemRandomNumberGenerator()
    keys = (random.next(), random.next())
  }

  var count: Int { entries.count }

  func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var state = keys.0 ^ UInt64(truncatingIfNeeded: text.count)
    var place = 0
    while place + 16 <= text.count {
      state = Self.fold(
        text.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ state,
        text.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self) ^ keys.1)
      place += 16
    }
    if place < text.count {
      var rest: (UInt64, UInt64) = (0, 0)
      if text.count - place >= 8 {
        rest.0 = text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        place += 8
      }
      var shift: UInt64 = 0
      while place < text.count {
        rest.1 |= UInt64(text[place]) << shift
        shift += 8
        place += 1
      }
      state = Self.fold(rest.0 ^ state, rest.1 ^ keys.1)
    }
    return Self.fold(state ^ keys.1, keys.0 | 1)
  }

  /// Both halves of the product in one.
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  func number(of text: UnsafeRawBufferPointer, hash: UInt64) -> Int64? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, entry.count == text.count, isSame(text, entry) { return entry.number }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private func isSame(_ text: UnsafeRawBufferPointer, _ entry: Entry) -> Bool {
    bytes.withUnsafeBytes { own in
      guard let start = own.baseAddress, let other = text.baseAddress, text.count > 0 else {
        return true
      }
      return memcmp(start + entry.start, other, text.count) == 0
    }
  }

  /// For a text that is not there yet.
  mutating func add(_ text: UnsafeRawBufferPointer, hash: UInt64, number: Int64) {
    entries.append(Entry(hash: hash, start: bytes.count, count: text.count, number: number))
    bytes.append(contentsOf: text)
    if entries.count * 2 > slots.count {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for place in entries.indices { note(place) }
    } else {
      note(entries.count - 1)
    }
  }

  private mutating func note(_ place: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: entries[place].hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(place + 1)
  }
}

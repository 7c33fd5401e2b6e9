internal import Events
internal import Findings

/// Risk that is stored in its row: raised on the row's user, at the row's last time.
struct RowRisk {
  var id: String
  var score: Int64
  var shape: Int64
  var body: [UInt8]

  /// Nil for an event that says something else of rule, window, time or object than its row; `user`
  /// is the number of the row's user.
  init?(
    _ event: RiskEvent, of row: ResultRow, user: Int64?, _ terms: Terms, _ cache: inout TermCache
  ) throws {
    guard let user, event.time == row.lastSeen, event.window == row.window,
      Text(event.objectType) == "user", Text(event.rule) == Text(row.rule),
      try terms.number(Text(event.object), &cache) == user
    else { return nil }
    id = event.id.digits
    score = Int64(event.score)
    (body, shape) = try terms.body(of: event, &cache)
  }
}

/// The hashes of a row's records as its body has them: each with its length before.
enum RecordNames {
  /// Nil for none.
  static func encode(_ hashes: [[UInt8]]) -> [UInt8]? {
    guard !hashes.isEmpty else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * 33)
    for hash in hashes {
      bytes.append(varying: UInt64(hash.count))
      bytes += hash
    }
    return bytes
  }

  static func decode(_ bytes: [UInt8]) throws -> [[UInt8]] {
    var hashes: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try rest.takeVarying()
      guard count <= UInt64(rest.count) else { throw BlobReader.damage("record") }
      hashes.append(Array(rest.prefix(Int(count))))
      rest = rest.dropFirst(Int(count))
    }
    return hashes
  }
}

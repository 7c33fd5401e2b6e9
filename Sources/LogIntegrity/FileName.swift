internal import Events

/// What CloudTrail writes into the names of its files:
/// `111122223333_CloudTrail_eu-west-1_20260316T1000Z_3K7ST4QXSVDNO000.json.gz` and
/// `111122223333_CloudTrail-Digest_eu-west-1_trail_eu-west-1_20260316T100131Z.json.gz`.
struct FileName {
  /// Whose files digests and logs of one account and region are.
  struct Place: Hashable {
    var account: Text
    var region: Text
  }

  private let parts: [Substring]

  /// - Parameter name: the last component of a path or a key.
  init(_ name: Text) {
    let ending = [".json.gz", ".json"].first { name.string.hasSuffix($0) } ?? ""
    let stem = name.string.dropLast(ending.count)
    parts = stem.split(separator: "_", omittingEmptySubsequences: false)
  }

  private var isCloudTrail: Bool { parts.count >= 5 && parts[1].hasPrefix("CloudTrail") }

  var isDigest: Bool { isCloudTrail && parts[1] == "CloudTrail-Digest" }

  var place: Place? {
    guard isCloudTrail else { return nil }
    return Place(account: Text(String(parts[0])), region: Text(String(parts[2])))
  }

  /// The time of a log file's name; nil where the name has none.
  var time: Timestamp? {
    guard isCloudTrail, !isDigest else { return nil }
    let digits = Array(parts[3].utf8)
    // 20260316T1000Z
    guard digits.count == 14, digits[8] == UInt8(ascii: "T"), digits[13] == UInt8(ascii: "Z") else {
      return nil
    }
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    return Timestamp(
      iso8601: "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13))Z")
  }

  /// The chain that a digest belongs to: its name without the time.
  ///
  /// Digests that are filled in later (`_backfill`) have a chain of their own.
  var chain: Text? {
    guard isDigest else { return nil }
    let isBackfill = parts.last == "backfill"
    let stem = parts.dropLast(isBackfill ? 2 : 1).joined(separator: "_")
    return Text(isBackfill ? stem + "_backfill" : stem)
  }
}

package import Events
internal import Ingest

/// The name of an object in S3 as a digest gives it: nothing on a local disk proves the bucket.
package struct ObjectName: Hashable, Sendable {
  package let bucket: Text
  package let key: Text

  package init(bucket: Text, key: Text) {
    self.bucket = bucket
    self.key = key
  }

  /// As `s3://bucket/key`.
  package var address: String { "s3://\(bucket.string)/\(key.string)" }

  /// The last component of the key.
  var name: Text { Text(lastComponentOf: key.string) }

  /// Whether a file lies where a download of the object would.
  ///
  /// What its path has from `AWSLogs/` on has to be what the key has from there on. A path without
  /// that directory has to end the key with all that lies below the path which was asked for.
  /// `x.json` may lie where `x.json.gz` would.
  func mayLie(at file: ArchivedFile) -> Bool {
    guard let local = Self.account(in: file.path) else {
      return Self.ends(key.string, with: file.relativePath)
    }
    guard let remote = Self.account(in: key.string) else { return false }
    return Self.isSame(local, remote)
  }

  /// The path from its last component `AWSLogs` on; nil where it has none.
  private static func account(in path: String) -> Substring? {
    var start: String.Index?
    var place = path.utf8.startIndex
    for component in path.utf8.split(separator: 0x2f, omittingEmptySubsequences: false) {
      if component.elementsEqual("AWSLogs".utf8) { start = place }
      place = component.endIndex
      if place < path.utf8.endIndex { place = path.utf8.index(after: place) }
    }
    return start.map { path[$0...] }
  }

  private static func isSame(_ local: Substring, _ remote: Substring) -> Bool {
    [local, local + ".gz"].contains { $0.utf8.elementsEqual(remote.utf8) }
  }

  private static func ends(_ key: String, with relative: String) -> Bool {
    [relative, relative + ".gz"].contains { path in
      let rest = key.utf8.count - path.utf8.count
      guard rest >= 0, key.utf8.suffix(path.utf8.count).elementsEqual(path.utf8) else {
        return false
      }
      return rest == 0 || key.utf8.dropLast(path.utf8.count).last == 0x2f
    }
  }
}

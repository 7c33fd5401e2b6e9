internal import Events
internal import Ingest

/// The files of an archive by what they are.
struct SortedFiles: Sendable {
  private(set) var digests: [ArchivedFile] = []
  private(set) var logs: [ArchivedFile] = []
  /// Files with the signature of a digest, by the digest's path.
  private(set) var notes: [Text: ArchivedFile] = [:]

  init(_ files: [ArchivedFile]) {
    for file in files {
      if Self.ends(file.path, with: SignatureNote.suffix) {
        notes[Text(String(file.path.dropLast(SignatureNote.suffix.count)))] = file
      } else if Self.ends(file.path, with: ".json") || Self.ends(file.path, with: ".json.gz") {
        if Self.isDigest(file) { digests.append(file) } else { logs.append(file) }
      }
    }
  }

  /// A digest that was renamed still lies among digests.
  private static func isDigest(_ file: ArchivedFile) -> Bool {
    FileName(file.name).isDigest
      || file.path.utf8.split(separator: 0x2f).dropLast()
        .contains { $0.elementsEqual("CloudTrail-Digest".utf8) }
  }

  private static func ends(_ path: String, with suffix: String) -> Bool {
    path.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}

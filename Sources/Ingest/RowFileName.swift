/// How a job names what it writes: rows, and what it says of its batches.
///
/// In a directory that holds such files, and below it, some names are not read: a job keeps dead
/// letters, late records and state of its own there.
package enum RowFileName {
  /// Whether a path ends with `rows-*.jsonl` or `rows-*.jsonl.gz`.
  package static func isRows(_ path: String) -> Bool { isRows(name(of: path)) }

  /// Whether a path ends with `progress-*.json`.
  package static func isProgress(_ path: String) -> Bool { isProgress(name(of: path)) }

  /// Whether a job wrote the file of that path, by its name.
  package static func matches(_ path: String) -> Bool { matches(name(of: path)) }

  /// The directory that a job writes to, by the path of what it says of a batch.
  package static func directory(of path: String) -> String {
    String(Substring(path.utf8.dropLast(name(of: path).count + 1)))
  }

  static func matches(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    isRows(name) || isProgress(name)
  }

  /// Whether an entry of that name beside rows is not read: what the job has written aside, what
  /// Spark and Hadoop keep for themselves, what is not whole yet.
  static func isKeptAside(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    name.first == 0x5f || name.elementsEqual("dead-letters".utf8)
      || name.elementsEqual("late".utf8) || name.ends(with: ".tmp")
  }

  private static func isRows(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    guard name.starts(with: "rows-".utf8) else { return false }
    return name.ends(with: ".jsonl") || name.ends(with: ".jsonl.gz")
  }

  private static func isProgress(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    name.starts(with: "progress-".utf8) && name.ends(with: ".json")
  }

  private static func name(of path: String) -> Substring.UTF8View {
    let bytes = path.utf8
    return bytes[(bytes.lastIndex(of: 0x2f).map { bytes.index(after: $0) } ?? bytes.startIndex)...]
  }
}

extension BidirectionalCollection<UInt8> {
  fileprivate func ends(with text: String) -> Bool { reversed().starts(with: text.utf8.reversed()) }
}

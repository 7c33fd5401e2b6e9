import Compression
import SyntheticTrail

/// Writes the logs of a corpus, then its answer.
struct Author {
  private let options: Options
  private var corpus: Corpus
  private var bytes = 0
  private var stored = 0
  private var files = 0

  init(_ options: Options) {
    self.options = options
    corpus = Corpus(options.plan)
  }

  mutating func write() throws {
    try OutputFile.makeFolder(options.out + "/logs")
    switch options.layout {
    case .ndjson: try writeLines()
    case .records: try writeRecords(each: 494) { $0 }
    case .gz: try writeRecords(each: 494, Gzip.compressed)
    case .small: try writeRecords(each: 3, Gzip.compressed)
    }
    for (name, exact) in [("expected", false), ("expected-exact", true)] {
      var file = try OutputFile("\(options.out)/\(name).ndjson")
      try corpus.expectedLines(exact: exact) { try file.write($0) }
      try file.flush()
    }
    try OutputFile.write(Array(facts.utf8), to: options.out + "/facts.json")
  }

  private mutating func writeLines() throws {
    var file = try OutputFile(options.out + "/logs/trail.ndjson")
    var text: [UInt8] = []
    while bytes < options.size {
      text.removeAll(keepingCapacity: true)
      corpus.append(to: &text, as: .line)
      try file.write(text)
      bytes += text.count
    }
    try file.flush()
    files = 1
    stored = bytes
  }

  private mutating func writeRecords(each count: Int, _ stored: ([UInt8]) -> [UInt8]) throws {
    var text: [UInt8] = []
    var folder = ""
    while bytes < options.size {
      text.removeAll(keepingCapacity: true)
      text += Array(#"{"Records":["#.utf8)
      for _ in 0..<count where bytes + text.count < options.size {
        corpus.append(to: &text, as: .element)
      }
      text.removeLast()
      text += Array("]}".utf8)
      if files % 1_000 == 0 {
        let day = files / 1_000
        folder = "\(options.out)/logs/AWSLogs/205110032875/CloudTrail/eu-central-1/2026/"
        folder += "\(1 + day / 28 % 12)/\(1 + day % 28)"
        try OutputFile.makeFolder(folder)
      }
      let file = stored(text)
      let ending = options.layout == .records ? "json" : "json.gz"
      try OutputFile.write(
        file, to: "\(folder)/205110032875_CloudTrail_eu-central-1_\(files).\(ending)")
      files += 1
      bytes += text.count
      self.stored += file.count
    }
  }

  /// How far the logs deflated, to a tenth.
  private var ratio: String {
    let tenths = bytes * 10 / max(1, stored)
    return "\(tenths / 10).\(tenths % 10)"
  }

  private var facts: String {
    let expected = corpus.expected
    return """
      {"bytes": \(bytes), "stored": \(stored), "files": \(files), \
      "ratio": \(ratio), "records": \(corpus.records), \
      "scans": \(corpus.scans), "rows": \(expected.rows), "findings": \(expected.findings)}

      """
  }
}

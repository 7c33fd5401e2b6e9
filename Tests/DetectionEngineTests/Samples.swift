import CloudTrail
import DetectionEngine
import Detections
import Events
import Testing

/// The records of a built-in sample, as the readers hand them to the rules.
struct Samples {
  let records: [CloudTrailRecord]

  init(_ name: String) throws {
    let file = try #require(Pack.samples.first { $0.path == name })
    let texts = name.hasSuffix(".ndjson") ? file.text.split(separator: "\n") : [file.text[...]]
    self.init(texts)
  }

  /// One JSON text.
  init(text: String) { self.init([text[...]]) }

  private init(_ texts: [Substring]) {
    let unwrapped = texts.map { unwrap(Array($0.utf8)) }
    #expect(unwrapped.allSatisfy { $0.problems.isEmpty })
    records = unwrapped.flatMap(\.records)
  }

  /// The rows of a rule over them, as `scan` prints them.
  func table(of rule: Rule, exact: Bool = false) throws -> Table {
    var run = try AdHocRun([rule], exact: exact)
    for record in records {
      run.add(record.event(source: "sample", host: "here")) { record.identity }
    }
    return try #require(try run.finish().first).table()
  }

  /// What rules have of them, read from one file.
  func batch(for rules: RuleSet) -> RowBatch {
    var batch = RowBatch()
    for (number, record) in records.enumerated() {
      let origin = RecordOrigin(
        path: "logs/sample.json", offset: Int64(number), sourcetype: record.sourceType.rawValue)
      rules.evaluate(
        record.event(source: "sample", host: "here"), from: origin,
        identity: { record.identity }, raw: { Array(record.rawBytes) }, into: &batch)
    }
    return batch
  }
}

extension Table {
  /// The texts of a column, sorted; `-` for null.
  func texts(_ column: Text) -> [String] {
    rows.indices.map { value($0, column).text?.string ?? "-" }.sorted()
  }
}

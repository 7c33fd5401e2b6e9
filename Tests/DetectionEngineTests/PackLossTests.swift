import CloudTrail
import DetectionEngine
import Detections
import Events
import Foundation
import Testing

/// What Splunk loses, with every rule of the pack that is over such records, those that are off
/// included: their samples without some field, and twice.
@Suite("Losses of every rule")
struct PackLossTests {
  /// A rule and the texts of its sample's records.
  private struct Sample {
    let rule: Rule
    let records: [[String: Any]]

    init(_ name: String) throws {
      rule = try #require(Floor.library.rule(named: name)?.rule, "\(name)")
      let own = rule.detection.tests.flatMap(\.attackData).map(\.data)
      // ESCU's own rule names data that is not here.
      let file = try #require(
        Pack.samples.first { own.contains($0.path) }
          ?? Pack.samples.first { $0.path == "sample_basic_scan.ndjson" })
      let texts =
        file.path.hasSuffix(".ndjson") ? file.text.split(separator: "\n") : [file.text[...]]
      records = try texts.map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
    }

    private func table(_ records: [[String: Any]], exact: Bool) throws -> Table {
      let rows = try records.map { record in
        let text = try JSONSerialization.data(withJSONObject: record, options: .sortedKeys)
        return Samples(text: String(decoding: text, as: UTF8.self))
      }
      var run = try AdHocRun([rule], exact: exact)
      for record in rows.flatMap(\.records) {
        run.add(record.event(source: "sample", host: "here")) { record.identity }
      }
      return try #require(try run.finish().first).table()
    }

    /// The rows as they are, and by default and exactly after a change of every record.
    func rows(
      _ change: ([String: Any]) -> [String: Any]
    ) throws -> (before: Table, byDefault: Table, exact: Table) {
      (
        try table(records, exact: false), try table(records.map(change), exact: false),
        try table(records.map(change), exact: true)
      )
    }

    func twice(exact: Bool) throws -> (once: Table, twice: Table) {
      (try table(records, exact: exact), try table(records + records, exact: exact))
    }
  }

  private static let basicScans = [
    "aws_ecr_container_scanning_findings_high", "aws_ecr_container_scanning_findings_critical",
    "aws_ecr_container_scanning_findings_medium",
    "aws_ecr_container_scanning_findings_low_informational_unknown",
    "aws_ecr_container_scanning_findings_undefined_untriaged",
  ]
  private static let enhancedScans = [
    "aws_ecr_enhanced_scanning_findings_high", "aws_ecr_enhanced_scanning_findings_critical",
  ]
  private static let puts = [
    "aws_ecr_put_image_unknown_user", "aws_ecr_put_image_outside_business_hours",
  ]
  private static let others = [
    "aws_ecr_image_scan_event", "aws_inspector_finding_event", "aws_ecr_saved_scan_findings",
  ]

  /// Splunk has no row; by default there are as many as before, each marked.
  private func expectLoss(
    _ names: [String], without path: String, mark: String,
    change: ([String: Any]) -> [String: Any] = { $0 }
  ) throws {
    for name in names {
      let rows = try Sample(name).rows { record in
        change(record.without(path.split(separator: ".").map(String.init)[...]))
      }
      #expect(!rows.before.rows.isEmpty, "\(name)")
      #expect(rows.exact.rows.isEmpty, "\(name) without \(path), exactly")
      #expect(rows.byDefault.rows.count == rows.before.rows.count, "\(name) without \(path)")
      #expect(
        rows.byDefault.texts("watchfloor_marks").allSatisfy { $0.contains(mark) },
        "\(name) without \(path): \(rows.byDefault.texts("watchfloor_marks"))")
    }
  }

  @Test func aScanThatIsAskedForByTag() throws {
    try expectLoss(
      Self.basicScans + Self.enhancedScans, without: "requestParameters.imageId.imageDigest",
      mark: "digest from response")
  }

  @Test func aScanWithoutAnyDigest() throws {
    try expectLoss(
      Self.basicScans + Self.enhancedScans, without: "requestParameters.imageId.imageDigest",
      mark: "imageDigest is null"
    ) { $0.without(["responseElements", "imageId", "imageDigest"]) }
  }

  @Test func aFindingWithoutADescription() throws {
    try expectLoss(
      Self.basicScans, without: "responseElements.imageScanFindings.findings.description",
      mark: "finding_description is null")
    try expectLoss(
      Self.enhancedScans,
      without: "responseElements.imageScanFindings.enhancedFindings.description",
      mark: "finding_description is null")
    try expectLoss(
      ["aws_ecr_saved_scan_findings"], without: "imageScanFindings.findings.description",
      mark: "finding_description is null")
    try expectLoss(
      ["aws_inspector_finding_event"], without: "detail.description",
      mark: "finding_description is null")
  }

  @Test func anImageThatIsPutWithoutATagOrWithoutAnAnswer() throws {
    try expectLoss(
      Self.puts, without: "requestParameters.imageTag", mark: "imageTag is null")
    try expectLoss(
      Self.puts, without: "responseElements.image.imageId.imageDigest", mark: "digest from request"
    ) { record in
      var record = record
      var request = record["requestParameters"] as? [String: Any] ?? [:]
      request["imageDigest"] = "sha256:aa"
      record["requestParameters"] = request
      return record
    }
  }

  @Test func anEventWithoutADigest() throws {
    try expectLoss(
      ["aws_ecr_image_scan_event"], without: "detail.image-digest", mark: "imageDigest is null")
  }

  @Test func aRecordThatIsDeliveredTwice() throws {
    let names = Self.basicScans + Self.enhancedScans + Self.puts + Self.others
    for name in names + ["aws_ecr_blind_spot"] {
      let sample = try Sample(name)
      let byDefault = try sample.twice(exact: false)
      #expect(byDefault.twice == byDefault.once, "\(name)")
      let exact = try sample.twice(exact: true)
      #expect(
        exact.twice.texts("count") == exact.once.texts("count").map { "\((Int($0) ?? 0) * 2)" },
        "\(name)")
      #expect(exact.twice.texts("count") != exact.once.texts("count"), "\(name)")
    }
  }

  /// Splunk's hourly search has run when it comes; here it changes its own hour.
  @Test func aRecordThatComesAMonthLate() throws {
    for name in Self.basicScans + Self.enhancedScans + Self.puts + Self.others {
      let sample = try Sample(name)
      let texts = try sample.records.map { record in
        let text = try JSONSerialization.data(withJSONObject: record, options: .sortedKeys)
        return Samples(text: String(decoding: text, as: UTF8.self))
      }
      let floor = try Floor([sample.rule])
      var engine = floor.engine()
      let late = Scan.noon + 30 * 86_400
      for text in texts { try engine.apply(text.batch(for: floor.rules), now: late) }
      try floor.settle(&engine, now: late)
      #expect(!floor.rows.isEmpty, "\(name)")
      #expect(engine.counters.values.allSatisfy { $0.late > 0 }, "\(name)")
    }
  }

  /// No rule of Splunk's looks at CRITICAL or UNDEFINED, or at what enhanced scanning finds.
  @Test func whatNoRuleOfSplunksLooksAtHasARuleHere() throws {
    for (name, severity) in [
      ("aws_ecr_container_scanning_findings_critical", "CRITICAL"),
      ("aws_ecr_container_scanning_findings_undefined_untriaged", "UNDEFINED"),
    ] {
      let rows = try Sample(name).rows { $0 }
      #expect(!rows.exact.rows.isEmpty)
      for splunks in ["high", "medium", "low_informational_unknown"] {
        let other = try Sample("aws_ecr_container_scanning_findings_\(splunks)").rows { $0 }
        let names = Set(rows.before.texts("finding_name"))
        #expect(names.isDisjoint(with: other.before.texts("finding_name")), "\(severity)")
      }
    }
  }
}

extension [String: Any] {
  /// The object without what stands at a path, in every element of the arrays on the way.
  fileprivate func without(_ path: ArraySlice<String>) -> [String: Any] {
    guard let first = path.first else { return self }
    var copy = self
    let rest = path.dropFirst()
    switch self[first] {
    case _ where rest.isEmpty: copy[first] = nil
    case let object as [String: Any]: copy[first] = object.without(rest)
    case let list as [[String: Any]]: copy[first] = list.map { $0.without(rest) }
    default: break
    }
    return copy
  }
}

import DetectionEngine
import Detections
import Diagnostics
import Events
import Foundation
import Storage

/// What became of one test of a rule.
struct TestOutcome: Sendable {
  enum Verdict: String, Sendable {
    case pass = "PASS", fail = "FAIL", error = "ERROR", skip = "SKIP"
  }

  var rule: String
  var test: String
  var verdict: Verdict
  /// Why it is no pass.
  var reason: String?
  var rows = 0
}

/// Runs the `tests:` of a rule's file by contentctl's rule, and looks whether the rows depend on
/// how the records come.
struct RuleTest {
  let shelf: TestDataShelf
  let isExact: Bool

  func outcomes(of loaded: LoadedRule, techniques: Techniques) -> [TestOutcome] {
    guard let rule = loaded.rule else {
      return [
        TestOutcome(
          rule: loaded.name, test: "", verdict: .error,
          reason: loaded.problems.map(\.rendered).joined(separator: "\n"))
      ]
    }
    if let why = rule.detection.whyUntested {
      return [TestOutcome(rule: rule.name, test: "", verdict: .skip, reason: why)]
    }
    return rule.detection.tests.map { test in
      var outcome = TestOutcome(rule: rule.name, test: test.name, verdict: .pass)
      do {
        let (records, missing) = try records(of: test, path: loaded.path)
        if let missing {
          outcome.verdict = .skip
          outcome.reason = missing
          return outcome
        }
        try judge(rule, records, techniques, &outcome)
      } catch {
        outcome.verdict = .error
        outcome.reason = sentence(of: error)
      }
      return outcome
    }
  }

  /// The records of a test, or why some of them are not here.
  private func records(
    of test: DetectionTest, path: String
  ) throws -> (records: [TestRecord], missing: String?) {
    var records: [TestRecord] = []
    for data in test.attackData {
      switch shelf.place(of: data.data, rule: path) {
      case .absent(let why): return ([], why)
      case .wrong(let why): throw Failure(why)
      case .file(let file): records += try TestRecord.read(file, as: data)
      case .builtIn(let file):
        let copy = FileManager.default.temporaryDirectory
          .appending(path: "\(UUID().uuidString)-\(file.path)")
        try Data(file.text.utf8).write(to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }  // a leftover harms nobody
        records += try TestRecord.read(copy.path(), as: data)
      }
    }
    return (records, nil)
  }

  private func judge(
    _ rule: Rule, _ records: [TestRecord], _ techniques: Techniques, _ outcome: inout TestOutcome
  ) throws {
    var run: AdHocRun
    do throws(Problems) {
      run = try AdHocRun([rule], exact: isExact)
    } catch {
      throw Failure(error.rendered(in: rule.detection.search))
    }
    for record in records { run.add(record.event) { record.identity } }
    let table = try run.finish()[0].table()
    outcome.rows = table.rows.count
    outcome.reason =
      try rule.detection.complaint(about: table)
      ?? (Rehearsal(rule: rule, techniques: techniques).complaint(about: records))
    if outcome.reason != nil { outcome.verdict = .fail }
  }
}

extension Detection {
  /// Why contentctl leaves a detection out of its tests; nil where it does not.
  fileprivate var whyUntested: String? {
    if let manualTest = tags.manualTest { return "it is tested by hand: \(manualTest)" }
    if let status, status != "production" { return "its status is \(status)" }
    if kind == .correlation { return "it reads the risk index" }
    return tests.isEmpty ? "it has no tests" : nil
  }

  /// What contentctl would find wrong with the result of a test; nil for a pass.
  ///
  /// Results are looked at up to the first in which everything that raises risk has a value.
  fileprivate func complaint(about table: Table) -> String? {
    guard !table.rows.isEmpty else { return "the search has no results" }
    let objects = (risk?.objects ?? []).map { Text($0.field) }
    let threats = (risk?.threatObjects ?? []).map { Text($0.field) }
    for row in table.rows.indices {
      for object in objects {
        guard let text = table.value(row, object).text else {
          return "result \(row + 1) has no risk object '\(object)'"
        }
        if text == "null" { return "in result \(row + 1) the risk object '\(object)' is 'null'" }
      }
      let isFull = threats.allSatisfy { threat in
        table.value(row, threat).text.map { $0 != "null" } ?? false
      }
      if isFull { return nil }
    }
    return "no result has all threat objects: \(threats.map(\.string).joined(separator: ", "))"
  }
}

import Events
package import Findings
import JSON

/// What one line of a job's output says.
package enum OutputLine: Sendable {
  /// A row, and the texts of the records that the job kept of it, the newest first.
  case row(JobRow, records: [[UInt8]])
  case batch(JobBatch)

  /// The most digits of a whole number that every JSON reader keeps.
  static let greatestVersion: Int64 = 1 << 53

  /// Whether a text is of a job: its first key begins with `watchfloor_`.
  package static func isLikely(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let open = bytes.firstIndex(where: { $0 > 0x20 }), bytes[open] == 0x7b,
      let quote = bytes[(open + 1)...].firstIndex(where: { $0 > 0x20 })
    else { return false }
    return bytes[quote...].starts(with: #""watchfloor_"#.utf8)
  }

  /// Reads a line; a batch is one of the job that writes to `directory`.
  package init(_ bytes: [UInt8], directory: String) throws(OutputLineProblem) {
    let value: JSONValue
    do throws(JSONProblem) {
      value = try JSONDocument(bytes).root
    } catch {
      throw .notJSON(error)
    }
    guard value.kind == .object else { throw .notARow(found: value.kind) }
    let fields = RowFields(value)
    if value["watchfloor_row"] != nil {
      try fields.expectFormat("watchfloor_row")
      self = .row(try fields.row(), records: try fields.records())
    } else if value["watchfloor_progress"] != nil {
      try fields.expectFormat("watchfloor_progress")
      self = .batch(try fields.batch(in: directory))
    } else {
      throw .notARow(found: .object)
    }
  }
}

extension RowFields {
  func row() throws(OutputLineProblem) -> JobRow {
    let rule = try text("rule_id")
    guard !rule.isEmpty else { throw .field("rule_id", expected: "the id of a rule") }
    let window = try window()
    let version = try whole("version")
    guard abs(version) <= OutputLine.greatestVersion else {
      throw .field("version", expected: "a whole number below 2^53")
    }
    return JobRow(
      ruleID: rule, rule: optionalText("rule") ?? rule, plan: optionalText("plan") ?? "",
      window: window, key: try key(), version: version,
      content: try isWithdrawn() ? nil : content(in: window))
  }

  private func content(in window: Window) throws(OutputLineProblem) -> RowContent {
    let (first, last) = (try time("first"), try time("last"))
    guard first <= last, first >= window.start, last < window.end else {
      throw .field("last", expected: "times of the window, 'first' before it")
    }
    let count = try whole("count")
    guard count >= 0 else { throw .field("count", expected: "how many events") }
    var content = RowContent(count: Int(count), first: first, last: last)
    (content.columns, content.values) = try columns()
    content.sample = try sample()
    content.marks = try texts("marks")
    return content
  }

  func batch(in directory: String) throws(OutputLineProblem) -> JobBatch {
    JobBatch(
      directory: directory, number: try whole("batch"), at: try time("at"),
      files: try whole("files"), records: try whole("records"), dead: try whole("dead"),
      late: try whole("late"), newest: has("newest") ? try time("newest") : nil)
  }
}

import Foundation
import Testing

/// Rows of the built-in rule as a job writes them, made of what a state holds.
struct JobOutput {
  static let ruleID = "30a0e9f8-f1dd-4f9d-8fc2-c622461d781c"

  private static let keyFields = [
    "signature", "dest", "user", "user_agent", "src", "vendor_account", "vendor_region",
    "vendor_product", "finding_name", "finding_description", "imageDigest", "repository",
  ]

  /// What `index=notable` says of each row.
  let rows: [[String: Any]]

  init(of floor: Watchfloor) throws {
    let run = try floor.run([
      "search", "--state", floor.state.path(), "--format", "ndjson", "index=notable",
    ])
    try #require(run.status == 0, "\(run.errors)")
    rows = try run.output.split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  /// A line for each row, in that version; `records` are what the job kept of each.
  func lines(
    version: Int, isWithdrawn: Bool = false, count: Int? = nil, records: [String]? = nil
  ) throws -> [String] {
    try rows.map { row in
      func field(_ name: String) -> Any { row[name] ?? NSNull() }
      var line: [String: Any] = [
        "rule_id": Self.ruleID, "rule": field("rule_name"), "plan": "",
        "window": [field("info_min_time"), field("info_max_time")],
        "key": Self.keyFields.map(field), "version": version,
      ]
      if isWithdrawn {
        line["withdrawn"] = true
      } else {
        let counted = ["count": count ?? row["count"] as Any] as [String: Any]
        line["columns"] = (Self.keyFields + ["count", "firstTime", "lastTime"]).map {
          [$0, counted[$0] ?? field($0)]
        }
        line["count"] = counted["count"]
        line["records"] = records
        line["first"] = field("_time")
        line["last"] = field("_time")
        line["sample"] = [
          "responseElements.registryId": field("vendor_account"),
          "attributes": #"{"key":"package_name","value":"openssl"}"#,
        ]
      }
      let bytes = try JSONSerialization.data(withJSONObject: line, options: .sortedKeys)
      return #"{"watchfloor_row":1,"# + String(decoding: bytes.dropFirst(), as: UTF8.self)
    }
  }
}

extension Watchfloor {
  /// Puts a whole file into the logs, as a job does: written aside, then renamed.
  func deliver(_ lines: [String], as name: String) throws {
    let file = logs.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let text = lines.joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: file, options: .atomic)
  }

  /// The same, compressed.
  func deliverCompressed(_ lines: [String], as name: String) throws {
    try deliver(lines, as: "_" + name)
    let aside = logs.appending(path: "_" + name)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/gzip")
    process.arguments = [aside.path()]
    try process.run()
    process.waitUntilExit()
    try FileManager.default.moveItem(
      at: aside.appendingPathExtension("gz"), to: logs.appending(path: name + ".gz"))
  }

  /// What the search prints of the state as soon as it prints what is wanted; what it prints in
  /// the end where that does not come.
  func search(_ search: String, until isWanted: (String) -> Bool = { _ in true }) throws -> String {
    let limit = ContinuousClock.now + .seconds(60)
    while true {
      let run = try run(["search", "--state", state.path(), "--format", "ndjson", search])
      // The state is there when the program that follows has made it.
      if run.status == 0 && isWanted(run.output) || ContinuousClock.now > limit {
        return run.output
      }
    }
  }
}

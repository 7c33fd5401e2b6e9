import Events

/// The rows that the High rule must give for a corpus, kept as it is made: no record is read back.
struct ExpectedRows: Sendable {
  /// What the rows of one scan have in common, as bytes of valid UTF-8.
  struct Scene: Hashable, Sendable {
    var signature: [UInt8]
    var dest: [UInt8]
    var user: [UInt8]
    var userAgent: [UInt8]
    var src: [UInt8]
    var account: [UInt8]
    var region: [UInt8]
    var digest: [UInt8]?
    var repository: [UInt8]
  }

  /// A finding as a row names it.
  struct Named: Hashable, Sendable {
    let name: [UInt8]
    let description: [UInt8]?
  }

  private struct Key: Hashable {
    let scene: Int
    let finding: Int
  }

  private struct Tally {
    var count = 0
    var first: Timestamp
    var last: Timestamp
  }

  private var scenes: [Scene: Int] = [:]
  private var findings: [Named: Int] = [:]
  private var rows: [Key: Tally] = [:]

  var count: Int { rows.count }
  /// How many findings the rows count.
  var occurrences: Int { rows.values.reduce(0) { $0 + $1.count } }

  mutating func add(_ named: [Named], in scene: Scene, at time: Timestamp) {
    let place = scenes[scene, default: scenes.count]
    scenes[scene] = place
    for finding in named {
      let number = findings[finding, default: findings.count]
      findings[finding] = number
      var tally = rows[Key(scene: place, finding: number)] ?? Tally(first: time, last: time)
      tally.count += 1
      tally.first = min(tally.first, time)
      tally.last = max(tally.last, time)
      rows[Key(scene: place, finding: number)] = tally
    }
  }

  /// A row a line, in the search's column order; a null column is left out.
  func lines(_ write: ([UInt8]) throws -> Void) rethrows {
    let scenes = scenes.sorted { $0.value < $1.value }.map(\.key)
    let findings = findings.sorted { $0.value < $1.value }.map(\.key)
    let rows = rows.sorted { ($0.key.scene, $0.key.finding) < ($1.key.scene, $1.key.finding) }
    for (key, tally) in rows {
      try write(line(scenes[key.scene], findings[key.finding], tally))
    }
  }

  private func line(_ scene: Scene, _ finding: Named, _ tally: Tally) -> [UInt8] {
    var line: [UInt8] = []
    let columns: [(StaticString, [UInt8]?)] = [
      ("{\"signature\":", scene.signature), (",\"dest\":", scene.dest), (",\"user\":", scene.user),
      (",\"user_agent\":", scene.userAgent), (",\"src\":", scene.src),
      (",\"vendor_account\":", scene.account), (",\"vendor_region\":", scene.region),
      (",\"vendor_product\":", Array("AWS CloudTrail".utf8)), (",\"finding_name\":", finding.name),
      (",\"finding_description\":", finding.description), (",\"imageDigest\":", scene.digest),
      (",\"repository\":", scene.repository),
    ]
    for (key, value) in columns {
      guard let value else { continue }
      line.add(key)
      line.addQuoted(value)
    }
    line.add(#","count":\#(tally.count),"firstTime":"\#(tally.first.iso8601)","#)
    line.add(#""lastTime":"\#(tally.last.iso8601)"}"#)
    line.append(0x0A)
    return line
  }
}

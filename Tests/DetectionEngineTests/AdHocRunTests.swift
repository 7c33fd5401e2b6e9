import DetectionEngine
import Events
import Testing

@Suite("Ad-hoc run")
struct AdHocRunTests {
  private let scans = [
    Scan(eventID: "1", findings: [Scan.Finding(name: "CVE-1")]),
    Scan(eventID: "1", findings: [Scan.Finding(name: "CVE-1")]),
    Scan(eventID: "2", imageDigest: nil, findings: [Scan.Finding(name: "CVE-1")]),
    Scan(eventID: "3", findings: [Scan.Finding(name: "CVE-2", description: nil)]),
    Scan(eventID: "4", time: Scan.noon + 86400, user: nil),
  ]

  @Test func exactGivesSplunksRows() throws {
    let result = try run(exact: true)
    #expect(result.table.columns.last == "lastTime")
    #expect(result.table.rows.count == 1)
    #expect(result.table.value(0, "count") == .number(.whole(2)))
    #expect(result.duplicates == 0)
    #expect(
      result.dropped == ["user": 2, "imageDigest": 1, "finding_description": 1])
  }

  @Test func byDefaultCopiesCountOnceAndWhatSplunkLosesIsKeptAndMarked() throws {
    let result = try run(exact: false)
    #expect(result.table.columns.last == "watchfloor_marks")
    let marks = result.table.rows.map { $0.last }
    #expect(result.table.rows.count == 2)
    #expect(result.table.value(0, "count") == .number(.whole(2)))
    #expect(marks == ["digest from response", "finding_description is null"])
    #expect(result.duplicates == 1)
    #expect(result.dropped == ["user": 2])
  }

  private func run(exact: Bool) throws -> AdHocRun.Result {
    var run = try AdHocRun([Floor.builtIn()], exact: exact)
    for scan in scans { run.add(scan.event) { scan.identity } }
    return try #require(run.finish().first)
  }
}

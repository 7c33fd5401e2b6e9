import DetectionEngine
import Detections
import Events
import Testing

/// What Splunk loses without a word: lost too by an exact run, kept and marked by default.
@Suite("Losses")
struct LossTests {
  private struct Rows {
    let exact: Table
    let byDefault: Table

    init(_ scans: [Scan]) throws {
      func table(exact: Bool) throws -> Table {
        var run = try AdHocRun([Floor.builtIn()], exact: exact)
        for scan in scans { run.add(scan.event) { scan.identity } }
        return try #require(try run.finish().first).table()
      }
      exact = try table(exact: true)
      byDefault = try table(exact: false)
    }
  }

  @Test func aScanThatIsAskedForByTag() throws {
    let rows = try Rows([Scan(imageDigest: nil, responseDigest: "sha256:bb")])
    #expect(rows.exact.rows.isEmpty)
    #expect(rows.byDefault.texts("imageDigest") == ["sha256:bb", "sha256:bb"])
    #expect(
      rows.byDefault.texts("watchfloor_marks") == ["digest from response", "digest from response"])
  }

  @Test func aFindingWithoutADescription() throws {
    let rows = try Rows([
      Scan(findings: [Scan.Finding(name: "CVE-1"), Scan.Finding(name: "CVE-2", description: nil)])
    ])
    #expect(rows.exact.texts("finding_name") == ["CVE-1"])
    #expect(rows.byDefault.texts("finding_name") == ["CVE-1", "CVE-2"])
    #expect(rows.byDefault.texts("finding_description") == ["-", "a hole"])
    #expect(rows.byDefault.texts("watchfloor_marks") == ["-", "finding_description is null"])
  }

  @Test func aRecordThatIsDeliveredTwice() throws {
    let rows = try Rows([Scan(eventID: "1"), Scan(eventID: "1")])
    #expect(rows.exact.texts("count") == ["2", "2"])
    #expect(rows.byDefault.texts("count") == ["1", "1"])
  }

  /// Splunk's `spath` without a path reads 5,000 characters of its input: what stands behind them
  /// is not extracted.
  @Test func aSeverityBehindFiveThousandCharacters() throws {
    let long = String(repeating: "x", count: 6000)
    let identity = Scan().identity
    for (filler, isLost) in [("short", false), (long, true)] {
      let finding = "{\"name\":\"CVE-1\",\"filler\":\"\(filler)\",\"severity\":\"HIGH\"}"
      func rows(exact: Bool) throws -> Table {
        let rule = try Floor.rule(
          """
          name: Cut
          id: cut
          type: Hunting
          search: '`cloudtrail` | spath input=finding | search severity=HIGH | stats count by name'
          """)
        var run = try AdHocRun([rule], exact: exact)
        let event = Event(
          time: Scan.noon,
          fields: ListedFields(["sourcetype": "aws:cloudtrail", "finding": .string(finding)]))
        run.add(event) { identity }
        return try #require(try run.finish().first).table()
      }
      #expect(try rows(exact: false).texts("name") == ["CVE-1"])
      #expect(try rows(exact: true).rows.isEmpty == isLost)
    }
  }
}

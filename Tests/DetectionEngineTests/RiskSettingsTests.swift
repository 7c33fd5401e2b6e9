import DetectionEngine
import Detections
import Diagnostics
import Events
import Findings
import Testing

@Suite("Risk factors and identities")
struct RiskSettingsTests {
  private func settings(factors: String = "", identities: String = "") -> RiskSettings {
    RiskSettings(
      factors: TextFile(
        path: "risk_factors.csv", text: "name,field,value,operation,amount\n" + factors),
      identities: TextFile(path: "identities.csv", text: "identity,normalized\n" + identities))
  }

  private func events(_ settings: RiskSettings, _ scan: Scan) throws -> [RiskEvent] {
    let floor = try Floor()
    var engine = Engine(
      floor.rules, ledger: floor.ledger, techniques: Floor.library.techniques, risk: settings)
    try engine.apply(RowBatch([scan], rules: floor.rules), now: Scan.noon)
    return Array(floor.ledger.contents.riskEvents.values)
  }

  private let scan = Scan(findings: [Scan.Finding(name: "CVE-1")])

  @Test func sumsComeBeforeProducts() throws {
    let settings = settings(
      factors: """
        payments,repository,payments/*,multiply,2
        privileged,risk_object,TEST,add,10
        others,repository,web/*,multiply,100

        """)
    #expect(settings.problems.isEmpty)
    let event = try #require(try events(settings, scan).first)
    #expect(event.score == 120)
    #expect(event.fields["risk_score"] == .number(.whole(50)))
    #expect(event.fields["calculated_risk_score"]?.number?.double == 120)
  }

  @Test func scoresStayBetween0And10000() throws {
    for (line, score) in [
      ("a,risk_object,test,add,-80", 0), ("a,risk_object,*,multiply,1e9", 10_000),
    ] {
      #expect(try events(settings(factors: line + "\n"), scan).map(\.score) == [score])
    }
  }

  @Test func namesOfOneIdentityAreNormalized() throws {
    let settings = settings(identities: "Test|test2,alice@example.com\n")
    let event = try #require(try events(settings, scan).first)
    #expect(event.object == "test")
    #expect(event.fields["normalized_risk_object"] == "alice@example.com")
    #expect(event.fields["risk_object"] == "test")
    let other = try #require(try events(settings, Scan(user: "bob", findings: scan.findings)).first)
    #expect(other.fields["normalized_risk_object"] == "bob")
  }

  @Test func linesThatAreNoFactorAreReportedAndTheOthersHold() throws {
    let settings = settings(factors: "a,risk_object,test,double,2\nb,risk_object,test,add,1\n")
    #expect(settings.factors.map(\.name) == ["b"])
    #expect(settings.problems.map(\.diagnostic.code) == ["wrong-factor"])
    #expect(settings.problems.first?.rendered.contains("line 2") == true)
    let without = RiskSettings(
      factors: TextFile(path: "risk_factors.csv", text: "field,value\n"), identities: nil)
    #expect(without.problems.map(\.diagnostic.code) == ["missing-column", "missing-column"])
  }
}

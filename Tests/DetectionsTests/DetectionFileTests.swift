import Detections
import Diagnostics
import Testing

@Suite("Detection file")
struct DetectionFileTests {
  private let head = "name: A rule\nid: 1-2\ntype: Anomaly\nsearch: '`cloudtrail` a=b'\n"

  @Test func theFormOfMay2026IsRead() throws {
    let detection = try #require(
      read(
        head + """
          creation_date: '2026-05-01'
          modification_date: '2026-05-02'
          finding:
            title: $user$ did it
            entity: {field: user, type: user, score: 20}
          threat_objects: [{field: src, type: ip_address}]
          analytic_story: [A, B]
          mitre_attack_id: [T1078]
          product: [P]
          category: [C]
          security_domain: access
          drilldown_searches:
            - name: n
              search: '%original_detection_search%'
              earliest_offset: 7d
              latest_offset: "0"
          tests: [{name: t, test_type: unit, attack_data: [{data: x.log}]}]
          """
      ).detection)
    #expect(detection.created == "2026-05-01")
    #expect(detection.date == "2026-05-02")
    #expect(
      detection.risk
        == RiskRule(
          message: "$user$ did it", objects: [RiskObject(field: "user", type: "user", score: 20)],
          threatObjects: [ThreatObject(field: "src", type: "ip_address")]))
    #expect(detection.tags.analyticStories == ["A", "B"])
    #expect(detection.tags.techniques == ["T1078"])
    #expect(detection.tags.categories == ["C"])
    #expect(detection.drilldowns.first?.earliest == .seconds(7 * 86400))
    #expect(detection.drilldowns.first?.latest == .seconds(0))
    #expect(detection.tests.first?.type == "unit")
  }

  @Test func theFormBefore2025IsRead() throws {
    let detection = try #require(
      read(
        head + """
          tags:
            risk_score: 49
            message: $user$ from $src$
            observable:
              - {name: user, type: User, role: [Victim]}
              - {name: src, type: IP Address, role: [Attacker]}
          """
      ).detection)
    #expect(
      detection.risk
        == RiskRule(
          message: "$user$ from $src$",
          objects: [RiskObject(field: "user", type: "user", score: 49)],
          threatObjects: [ThreatObject(field: "src", type: "ip address")]))
  }

  @Test func everyProblemIsReportedAtOnceInTheOrderOfTheFile() {
    let file = read(
      """
      name: [a]
      type: ttp
      search: ''
      version: eleven
      references: {a: b}
      rba: {message: m, risk_objects: [{field: user, type: user, score: many}]}
      drilldown_searches: [{name: n, search: s, earliest_offset: soon}]
      """)
    #expect(file.detection == nil)
    #expect(
      file.errors.map(\.message) == [
        "'id' is missing in a detection", "'name' is a list, expected text",
        "the type is 'ttp', expected TTP, Anomaly, Hunting, Correlation",
        "'search' is empty, expected text", "'version' is 'eleven', expected a whole number",
        "'references' is a mapping, expected a list",
        "'score' is 'many', expected a whole number",
        "'earliest_offset' is 'soon', expected $info_min_time$, $info_max_time$ or '7d'",
      ])
  }

  @Test func aProblemIsShownWithLineColumnAndCaret() throws {
    let file = read(head + "version: eleven\n")
    let problem = try #require(file.errors.first)
    #expect(
      problem.rendered(in: file.source) == """
        t.yml: line 5, column 10: 'version' is 'eleven', expected a whole number [wrong-type]
          |
        5 | version: eleven
          |          ^^^^^^

        """)
  }

  @Test func anUnknownKeyIsPassedOverWithAWarning() throws {
    let file = read(head + "refrences: [a]\n")
    #expect(file.detection != nil)
    #expect(file.errors.isEmpty)
    #expect(file.warnings.map(\.code) == ["unknown-key"])
    #expect(file.warnings.map(\.help) == ["did you mean 'references'?"])
  }

  @Test func theSearchLeadsBackToTheFilesLines() throws {
    let text = "name: n\nid: i\ntype: TTP\nsearch: |-\n    a=b\n      | stats count\n"
    let search = try #require(read(text).detection).search
    let offset = search.text.utf8.count - "stats count".utf8.count
    let place = search.place(of: SourceSpan(offset..<offset + 5))
    #expect(place.line == 6)
    #expect(place.column == 9)
    #expect(place.marked == "stats")
  }

  private func read(_ text: String) -> DetectionFile { DetectionFile(text, name: "t.yml") }
}

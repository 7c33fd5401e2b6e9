import DetectionEngine
import Detections
import Events
import TestSupport
import Testing

@testable import SparkJobs

@Suite("Jobs for Spark")
struct SparkJobTests {
  @Test func theSeedRuleBecomesAReadableJob() throws {
    let job = try SparkJob([try Jobs.pack("aws_ecr_container_scanning_findings_high")])
    expectGolden(Jobs.ownPart(job), "high.py")
  }

  @Test func severalRulesShareOneReadOfTheFieldsThatTheyNeed() throws {
    let rules = try ["aws_ecr_blind_spot", "aws_ecr_put_image_unknown_user"].map(Jobs.pack)
    expectGolden(Jobs.ownPart(try SparkJob(rules)), "two.py")
  }

  @Test func anExactJobKeepsNoNullsAndCutsTexts() throws {
    let rule = try Jobs.pack("aws_ecr_container_scanning_findings_high")
    let text = Jobs.ownPart(try SparkJob([rule], exact: true))
    #expect(text.contains("EXACT = True"))
    #expect(text.contains("cut=5000"))
    #expect(!text.contains("keep_null"))
    #expect(!text.contains("derive="))
  }

  @Test func theRuntimeBringsOnlyWhatIsUsed() throws {
    let text = try SparkJob([Jobs.rule("`c` | stats count by user")]).text
    #expect(text.contains("def count("))
    #expect(!text.contains("def percentile("))
    #expect(!text.contains("def computed_match("))
    #expect(text.hasPrefix("#!/usr/bin/env python3\n"))
    #expect(text.hasSuffix("    main()\n"))
  }

  @Test func recordsWithoutATimeAreKeptAndMarkedAsTheyAreHere() throws {
    let text = try SparkJob([Jobs.rule("`c` | stats count by user")]).text
    let window = Window(containing: TimelessEvents.time)
    #expect(text.contains("TIMELESS_WINDOW = \(window.start.seconds)\n"))
    #expect(text.contains("marks.append(\"\(TimelessEvents.mark.string)\")"))
  }

  @Test func everyRuleOfThePackOverRecordsIsTranslated() throws {
    var refused: [String] = []
    for loaded in RuleLibrary().rules {
      do {
        _ = try SparkJob([Jobs.pack(loaded.fileName)])
      } catch is Refusal {
        refused.append(loaded.fileName)
      }
    }
    #expect(refused == ["risk_att_ck_tactic_threshold_7_days", "risk_threshold_24_hours"])
  }
}

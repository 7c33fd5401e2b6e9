import Events
import Findings

/// Rules in every state: running, of an earlier version, off, and one that cannot run.
extension Fixture {
  static let rule: RuleCard = {
    var card = RuleCard(
      name: "AWS ECR Container Scanning Findings High", type: "TTP",
      description:
        "Somebody read an image scan that found something of severity HIGH.\nThe finding is what counts.",
      search:
        "`cloudtrail` eventSource=ecr.amazonaws.com eventName=DescribeImageScanFindings\n| spath path=responseElements.imageScanFindings.findings{} output=findings\n| mvexpand findings",
      falsePositives: "Findings may be accepted risks.",
      references: ["https://docs.aws.amazon.com/"], techniques: ["T1204.003"],
      drilldowns: [
        "View the detection results for - \"$user$\"",
        "View risk events for the last 7 days for - \"$user$\"",
      ], problem: nil)
    card.file = "aws_ecr_container_scanning_findings_high.yml"
    card.readsRecords = true
    card.needles = ["describeimagescanfindings"]
    card.riskObjects = ["50 on the user in user"]
    card.threatObjects = ["ip_address in src"]
    card.attack = ["T1204.003 Malicious Image: Execution"]
    card.filterMacro = "aws_ecr_container_scanning_findings_high_filter = search *"
    card.tests = ["PASS True Positive Test: 2 rows"]
    var figures = RuleFigures(since: ago(7_200))
    figures.rows = 1_284
    figures.risk = 64_200
    figures.records = 812
    figures.late = 3
    figures.dropped = [Tally(name: "user", count: 12)]
    figures.timeShare = 0.62
    card.figures = figures
    card.notes = ["2 regular expressions given up"]
    return card
  }()

  static let brokenRule: RuleCard = {
    var card = RuleCard(
      name: "Container Drift", type: "Hunting", description: "", search: "| tstat count",
      falsePositives: "", references: [], techniques: [], drilldowns: [],
      problem: """
        drift.yml: line 5, column 11: there is no command 'tstat' [unknown-command]
          |
        5 | search: | tstat count
          |           ^^^^^
          = help: did you mean 'tstats'?
        """)
    card.reason = "line 5: there is no command 'tstat'"
    card.file = "drift.yml"
    return card
  }()

  /// A rule whose newest edit cannot run.
  static var editedRule: RuleCard {
    var card = rule
    card.problem = brokenRule.problem
    card.reason = brokenRule.reason
    card.runsEarlier = true
    return card
  }
}

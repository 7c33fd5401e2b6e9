import Events

/// The texts of synthetic findings: few distinct ones, in the numbers that a company has.
struct Wording {
  struct Names {
    var repository, image, finding, description, severity, package, version: String
    var user, agent, source, account, region: String
  }

  static let columns: [Text] = [
    "signature", "dest", "user", "user_agent", "src", "vendor_account", "vendor_region",
    "vendor_product", "finding_name", "finding_description", "imageDigest", "repository", "count",
    "firstTime", "lastTime",
  ]

  static let annotations: [Text: Value] = [
    "search_name": "ESCU - AWS ECR Container Scanning Findings High - Rule",
    "source": "ESCU - AWS ECR Container Scanning Findings High - Rule",
    "analyticstories": "Dev Sec Ops", "annotations.mitre_attack": "T1204.003",
    "annotations.mitre_attack.mitre_technique_id": "T1204.003",
    "annotations.mitre_attack.mitre_technique": "Malicious Image",
    "annotations.mitre_attack.mitre_tactic": "Execution",
    "annotations.mitre_attack.mitre_tactic_id": "TA0002",
    "annotations._all": .many(["Dev Sec Ops", "T1204.003"]),
  ]

  /// A repository has 500 findings, in 5 images.
  private static let findingsOfRepository = 500

  func names(of finding: Int, user: Int) -> Names {
    let repository = finding / Self.findingsOfRepository
    let weakness = finding % Self.findingsOfRepository * 17 % 4_999
    let severities = ["HIGH", "HIGH", "HIGH", "MEDIUM", "CRITICAL", "LOW", "HIGH", "MEDIUM"]
    let account = String(100_000_000_000 + repository % 40 * 7_919)
    var digest = SplitMix(UInt64(finding / 100))
    let image = (0..<4).map { _ in
      let part = String(digest.next(), radix: 16)
      return String(repeating: "0", count: 16 - part.count) + part
    }.joined()
    return Names(
      repository: "team-\(repository % 97)/service-\(repository)", image: "sha256:" + image,
      finding: "CVE-2026-\(10_000 + weakness)",
      description: "A heap overflow in the parser of component \(weakness) lets who controls its "
        + "input read memory of the process, and write past the end of a buffer.",
      severity: severities[weakness % severities.count], package: "package-\(weakness % 700)",
      version: "1.\(weakness % 30).\(weakness % 7)-\(weakness % 3)",
      user: user < 200 ? "user-\(user)" : "scanner-\(user)",
      agent: "aws-sdk-go-v2/1.36.\(user % 9) os/linux lang/go#1.24.2 api/ecr#1.43.0",
      source: "10.40.\(user % 7).\(user)", account: account,
      region: ["eu-west-1", "us-east-1", "eu-central-1"][repository % 3])
  }
}

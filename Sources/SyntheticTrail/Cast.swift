/// Who works in the made-up company: teams with their repositories, and the people and robots
/// that call the registry.
struct Team: Sendable {
  let account: String
  let region: String
  let repositories: [String]
}

/// Someone who signs API calls.
struct Caller: Sendable {
  enum Kind: Sendable {
    case user
    /// An assumed role with the name of its session.
    case role(session: String)
  }

  let name: String
  let kind: Kind
  let address: String
  let userAgent: String
  /// How often this caller asks for scan findings, against the others.
  let curiosity: Int
}

enum Cast {
  static let teams = [
    Team(
      account: "205110032875", region: "eu-central-1",
      repositories: ["payments/api", "payments/ledger", "payments/webhooks", "payments/fraud"]),
    Team(
      account: "205110032875", region: "eu-west-1",
      repositories: ["web/storefront", "web/checkout", "web/image-proxy"]),
    Team(
      account: "318840275561", region: "us-east-1",
      repositories: ["data/ingest", "data/notebooks", "data/feature-store", "data/airflow"]),
    Team(
      account: "318840275561", region: "us-west-2",
      repositories: ["platform/base-debian", "platform/base-alpine", "platform/ci-runner"]),
    Team(
      account: "467702918840", region: "ap-southeast-2",
      repositories: ["mobile/push", "mobile/api-gateway", "mobile/attestation"]),
  ]

  static let callers = [
    Caller(
      name: "deploy-bot", kind: .role(session: "pipeline-7741"), address: "18.194.20.7",
      userAgent: "Boto3/1.38.9 md/Botocore#1.38.9 ua/2.1 os/linux#6.8 lang/python#3.12.3",
      curiosity: 14),
    Caller(
      name: "registry-scanner", kind: .role(session: "nightly"), address: "10.40.2.19",
      userAgent: "aws-sdk-go-v2/1.36.3 os/linux lang/go#1.24.2 md/GOOS#linux api/ecr#1.43.0",
      curiosity: 10),
    Caller(
      name: "mira.okafor", kind: .user, address: "81.2.69.144",
      userAgent: "aws-cli/2.27.1 Python/3.13.2 Linux/6.8.0 exe/x86_64 prompt/off", curiosity: 4),
    Caller(
      name: "jonas.lindqvist", kind: .user, address: "89.160.20.112",
      userAgent: "[aws-cli/2.27.1 Python/3.13.2 Darwin/24.4.0 source/arm64]", curiosity: 3),
    Caller(
      name: "SecurityAudit", kind: .role(session: "priya.raman@example.com"),
      address: "175.16.199.3", userAgent: "AWS Internal", curiosity: 5),
    Caller(
      name: "SecurityAudit", kind: .role(session: "tom.becker@example.com"),
      address: "81.2.69.160", userAgent: "AWS Internal", curiosity: 2),
    Caller(
      name: "terraform", kind: .role(session: "terraform-apply"), address: "52.28.9.114",
      userAgent: "APN/1.0 HashiCorp/1.0 Terraform/1.11.4", curiosity: 1),
    Caller(
      name: "contractor-ext", kind: .user, address: "216.160.83.56",
      userAgent: "aws-sdk-js/3.804.0 ua/2.1 os/win32#10 lang/js md/nodejs#22.14.0", curiosity: 1),
  ]
}

import Events
import Findings

/// Files in every state, and two records that could not be read.
extension Fixture {
  private static let trail =
    "/var/log/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/04/111122223333_CloudTrail_eu-west-1_"

  static func file(
    _ path: String, _ format: String?, _ state: String?, _ offset: Int64, _ size: Int64,
    records: Int64 = 0, integrity: String? = nil, reason: String? = nil, letters: Int = 0
  ) -> FileLine {
    var line = FileLine(path: path)
    line.format = format
    line.state = state
    line.offset = offset
    line.size = size
    line.records = records
    line.integrity = integrity
    line.reason = reason
    line.deadLetters = letters
    line.readAt = state == nil || offset == 0 ? nil : ago(12)
    line.rate = state == "following" ? 42.5 : 0
    return line
  }

  static let fileLines = [
    file(
      trail + "20260304T1305Z_Ab3dEf6hIj9kLm1n.json.gz", "gzip", "complete", 8_412, 8_412,
      records: 61, integrity: "MISMATCH", reason: "its hash is not the one in the digest"),
    file(
      "s3://example-trail/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/04/a.json.gz", nil,
      nil, 0, 0, integrity: "missing", reason: "it is not on disk"),
    file(
      "/var/log/cloudtrail/old.json.gz", "gzip", "unreadable", 0, 900,
      reason: "the gzip trailer does not match what was inflated"),
    file(
      "/var/log/cloudtrail/2026-03-04.json", "lines", "following", 1_204_000, 1_216_288,
      records: 812, integrity: "undigested", letters: 2),
    file(
      trail + "20260304T1310Z_Zz3dEf6hIj9kLm1n.json.gz", "gzip", "complete", 12_000, 12_000,
      records: 93, integrity: "verified"),
    file("/var/log/\u{1B}[31mred\u{202E}.json", "document", "gone", 400, 400, records: 2),
    file(
      "/var/log/AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/03/04/d.json.gz", "digest",
      nil, 0, 0, integrity: "pending", reason: "its signature comes with the next digest"),
  ]

  static let letters = [
    LetterLine(
      number: 9,
      letter: DeadLetter(
        path: "/var/log/cloudtrail/2026-03-04.json", offset: 88_120, reason: "line 72 is not JSON",
        head: Array("{\"eventVersion\": \u{1B}[2J".utf8) + [0xC0])),
    LetterLine(
      number: 4,
      letter: DeadLetter(
        path: "/var/log/cloudtrail/2026-03-04.json", offset: 12,
        reason: "the line is longer than 16 MiB", head: Array("{{{{".utf8))),
  ]

  static let filesSummary: FilesSummary = {
    var summary = FilesSummary()
    summary.states = ["complete": 2, "unreadable": 1, "following": 1, "gone": 1]
    summary.integrity = [
      "MISMATCH": 1, "missing": 1, "undigested": 1, "verified": 1, "pending": 1,
    ]
    summary.records = 968
    summary.behind = 12_288
    summary.deadLetters = 23_001
    summary.lettersKept = 10_000
    return summary
  }()

  static let fileCard: FileCard = {
    var line = fileLines[0]
    line.deadLetters = 23
    var source = SourceFile(
      path: line.path, state: "complete", offset: line.offset, size: line.size,
      records: line.records, reason: nil, checkpoint: [])
    source.format = "gzip"
    source.generation = 1
    source.content = Array(repeating: 0x5A, count: 32)
    source.firstRecord = ago(4_000)
    source.lastRecord = ago(3_100)
    var integrity = FileIntegrity(path: line.path, kind: "log", state: "MISMATCH")
    integrity.reason = line.reason
    integrity.digest = "/var/log/AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/d.json.gz"
    integrity.object = "s3://example-trail/AWSLogs/111122223333/CloudTrail/eu-west-1/a.json.gz"
    integrity.hash = Array(repeating: 0xC3, count: 32)
    return FileCard(line: line, file: source, integrity: integrity, letters: letters)
  }()
}

/// Jobs elsewhere whose rows are read here.
extension Fixture {
  static let filesSummaryOfJobs: FilesSummary = {
    var summary = FilesSummary()
    summary.states = ["following": 3]
    summary.records = 128
    var job = JobLine(directory: "/mnt/rows/organisation")
    job.batches = 17
    job.at = ago(40)
    job.newest = ago(400)
    job.files = 1_222
    job.records = 2_104_882
    job.late = 3
    job.dead = 2
    var quiet = JobLine(directory: "/mnt/rows/\u{1B}[2Jtest")
    quiet.at = ago(90_000)
    summary.jobs = [job, quiet]
    summary.notTaken = (1...5).map {
      RowsNotTaken(
        ruleID: "00000000-0000-4000-8000-00000000000\($0)", rule: "Rule \($0)", rows: 60 / $0)
    }
    return summary
  }()
}

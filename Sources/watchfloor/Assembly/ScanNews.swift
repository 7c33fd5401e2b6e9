import CloudTrail
import DetectionEngine
import Events
import Findings

/// What records tell of scans and pushes of images, beside what rules have of them.
enum ScanNews {
  /// Calls that tell it, as the prefilter compares them.
  static let calls = ["describeimagescanfindings", "putimage"]
}

extension RowBatch {
  /// Notes what a record tells of a scan or a push; answers whether it does.
  mutating func note(_ record: CloudTrailRecord, _ event: Event) -> Bool {
    if let answer = ScanAnswer(record) {
      scans.append(ScanPage(answer, read: event.time ?? answer.completed))
      return true
    }
    guard let push = PushedImage(record) else { return false }
    let user = event.value(of: "user_name").text ?? event.value(of: "user").text
    pushes.append(
      ImagePush(
        place: ImagePlace(push.registry), image: push.image, tag: push.tag, user: user?.string,
        time: push.time))
    return true
  }
}

extension ImagePlace {
  init(_ name: RepositoryName) {
    self.init(account: name.account, region: name.region, repository: name.repository)
  }
}

extension ScanPage {
  init(_ answer: ScanAnswer, read: Timestamp) {
    self.init(
      place: ImagePlace(answer.registry), image: answer.image, completed: answer.completed,
      read: read)
    tag = answer.tag
    findings = answer.findings.map { Finding(name: $0.name, print: $0.print) }
    counts = answer.counts
    asked = answer.askedToken
    next = answer.nextToken
  }
}

import CloudTrail
import DetectionEngine
import Digest
import Events
import JSON
import LogIntegrity

/// What a file's verdict reads like to rules: a record of our own, `sourcetype=watchfloor:integrity`.
///
/// `turn` begins with a number that grows with each word on the file, so that the greatest is the
/// last: `000002 MISMATCH sha256:9f86... its hash is not the one in the digest`.
struct IntegrityRecord {
  let text: [UInt8]
  let origin: RecordOrigin
  private let record: CloudTrailRecord

  init(of standing: FileStanding) {
    let hash = standing.hash.map { "sha256:" + hexadecimal($0) } ?? "-"
    let state = standing.state.rawValue.split(separator: " ").joined(separator: "_")
    let number = String(standing.turn)
    let turn = String(repeating: "0", count: max(0, 6 - number.utf8.count)) + number
    let reason = (standing.reason ?? "it is as it was signed").map { $0.isNewline ? " " : $0 }
    let time = (standing.raised ?? standing.time ?? Timestamp(seconds: 0)).iso8601 + "Z"
    var fields = [
      ("eventName", "LogFileIntegrity"), ("eventSource", "watchfloor"), ("eventTime", time),
      ("file", standing.path), ("kind", standing.kind == .log ? "log file" : "digest"),
      ("turn", "\(turn) \(state) \(hash) \(String(reason))"),
    ]
    for (name, value) in [
      ("account", standing.account), ("region", standing.region), ("digest", standing.digest),
    ] {
      if let value { fields.append((name, value)) }
    }
    text = Array(
      ("{" + fields.map { "\"\($0)\":\(Self.quoted($1))" }.joined(separator: ",") + "}").utf8)
    origin = RecordOrigin(
      path: standing.path, offset: 0, sourcetype: SourceType.logIntegrity.rawValue)
    do throws(JSONProblem) {
      record = CloudTrailRecord(try JSONDocument(text).root, sourceType: .logIntegrity)
    } catch {
      preconditionFailure("what is quoted here is JSON: \(error)")
    }
  }

  var event: Event { record.event(source: origin.path, host: Settings.host) }
  var identity: RecordIdentity { record.identity }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

import Events
import Findings
import Foundation
import Storage

/// A finding's triage as a line of JSON, to be read again by `state import-triage`.
struct TriageLine: Codable {
  var findingID: String
  var finding: String?
  var repository: String?
  var identity: [String]
  var status: String
  var owner: String?
  var urgency: String?
  var disposition: String
  var comment: String?
  var by: String?
  /// Seconds since 1970, by the wall clock.
  var at: Int64?

  enum CodingKeys: String, CodingKey {
    case findingID = "finding_id"
    case finding, repository, identity, status, owner, urgency, disposition, comment, by, at
  }

  init(_ finding: TriagedFinding) {
    findingID = finding.id.digits
    self.finding = finding.name
    repository = finding.repository
    identity = finding.identity
    let triage = finding.triage
    status = triage.status.rawValue
    owner = triage.owner
    urgency = triage.urgency?.rawValue
    disposition = triage.disposition.rawValue
    comment = triage.comment
    by = triage.by
    at = triage.at?.seconds
  }

  /// - Throws: `Failure` where a word is none of Splunk's.
  func triaged() throws -> TriagedFinding {
    guard (1...128).contains(findingID.utf8.count), findingID.utf8.allSatisfy(Self.isDigit) else {
      throw Failure("found '\(findingID)' as a finding_id, expected hexadecimal digits")
    }
    guard let status = TriageStatus(rawValue: status) else {
      throw Failure(Self.expected(status, "status", TriageStatus.allCases.map(\.rawValue)))
    }
    guard let disposition = Disposition(rawValue: disposition) else {
      throw Failure(Self.expected(disposition, "disposition", Disposition.allCases.map(\.rawValue)))
    }
    let urgency = try urgency.map { word in
      guard let urgency = Urgency(rawValue: word) else {
        throw Failure(Self.expected(word, "urgency", Urgency.allCases.map(\.rawValue)))
      }
      return urgency
    }
    return TriagedFinding(
      id: FindingID(digits: findingID), identity: identity, name: finding, repository: repository,
      triage: Triage(
        status: status, owner: owner, urgency: urgency, disposition: disposition,
        comment: comment, by: by, at: at.map { Timestamp(seconds: $0) }))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func expected(_ found: String, _ name: String, _ words: [String]) -> String {
    "found '\(found)' as a \(name), expected one of: \(words.joined(separator: "; "))"
  }
}

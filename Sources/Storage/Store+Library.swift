package import Events
package import Findings
internal import GRDB

extension Store: Library {
  package func answer(_ request: Request) throws -> Answer {
    throw StorageProblem.notAnsweredHere
  }

  package func newestEvent(notAfter clock: Timestamp) throws -> Timestamp? { nil }
  package func riskEvents(in range: TimeRange) throws -> [RiskEvent] { [] }
  package func records(
    ofRule rule: String, in range: TimeRange
  ) throws -> (
    records: [StoredRecord], events: Int
  ) { ([], 0) }
}

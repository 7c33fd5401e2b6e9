import Detections
import Findings

extension UserTables {
  /// An answer with what the user's tables say of its repositories, findings and users.
  func explained(_ answer: Answer) -> Answer {
    switch answer {
    case .repositories(var page):
      for index in page.lines.indices {
        page.lines[index].ownership = ownership(of: page.lines[index].repository)
      }
      return .repositories(page)
    case .findings(var page):
      for index in page.lines.indices {
        let line = page.lines[index]
        guard let repository = line.repository, let severity = line.severity else { continue }
        page.lines[index].mostDays = owners.days(of: severity, in: repository)
      }
      return .findings(page)
    case .users(var page):
      for index in page.lines.indices {
        page.lines[index].scannerNote = scanners.note(on: page.lines[index].user)
      }
      // Those whose work it is to look at scans stand apart, below the others.
      page.lines =
        page.lines.filter { $0.scannerNote == nil } + page.lines.filter { $0.scannerNote != nil }
      return .users(page)
    case .userCard(var card?):
      card.scannerNote = scanners.note(on: card.user)
      return .userCard(card)
    default: return answer
    }
  }

  /// Nil where no line of the table of owners fits.
  private func ownership(of repository: String) -> Ownership? {
    guard let line = owners.line(of: repository) else { return nil }
    return Ownership(
      owner: line.owner, environment: line.environment,
      highDays: owners.days(of: "HIGH", in: repository) ?? 30,
      criticalDays: owners.days(of: "CRITICAL", in: repository) ?? 7)
  }
}

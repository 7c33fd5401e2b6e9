import DetectionEngine
import Events
import Findings
import Interface
import Storage

extension Answers {
  /// Refuses a view of something that is not there, with the names of what is.
  ///
  /// - Throws: `Failure` of use.
  func refuseUnknown(_ view: View) throws {
    let range = Findings.TimeRange(from: nil, to: try asOf(clock.now()))
    func scoped(_ role: PaneRole, _ name: String) throws -> Bool {
      guard
        case .rows(let page) = try answer(
          .rows(Query(scope: [role: name], range: range, limit: 1)))
      else { return true }
      return page.total > 0
    }
    let all = Query(range: range, limit: Self.mostNames + 1)
    switch view {
    case .repository(let name) where try !scoped(.repository, name):
      throw refusal("repository", name, try names(.repositories(all)))
    case .user(let name) where try !scoped(.user, name):
      throw refusal("user", name, try names(.users(all)))
    case .source(let name) where try !scoped(.source, name):
      throw refusal("source", name, try names(.sources(all)))
    case .image(let name) where try !scoped(.image, name):
      throw refusal("image", name, try names(.images(all)))
    case .finding(let name, _) where try !scoped(.finding, name):
      throw refusal("finding", name, try names(.findings(all)))
    case .rule(let name): try refuse("rule", name, rules.current.roster.cards.map(\.name))
    case .file(let path): try refuse("file", path, try store.files().map(\.path))
    default: return
    }
  }

  private static let mostNames = 20

  private func refuse(_ kind: String, _ name: String, _ known: [String]) throws {
    guard !known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { return }
    throw refusal(kind, name, known)
  }

  private func refusal(_ kind: String, _ name: String, _ known: [String]) -> Failure {
    let list = known.prefix(Self.mostNames).map { "'\($0)'" }.joined(separator: ", ")
    let rest = known.count > Self.mostNames ? " and others" : ""
    return Failure(
      "there is no \(kind) '\(name)'; "
        + (known.isEmpty ? "none is known" : "there are \(list)\(rest)"), status: .wrongUse)
  }

  /// The names of a list, each once.
  private func names(_ request: Request) throws -> [String] {
    let names: [String] =
      switch try answer(request) {
      case .repositories(let page): page.lines.map(\.repository)
      case .users(let page): page.lines.map(\.user)
      case .sources(let page): page.lines.map(\.source)
      case .images(let page): page.lines.map(\.image)
      case .findings(let page): page.lines.compactMap(\.finding)
      default: []
      }
    var told: Set<Text> = []
    return names.filter { told.insert(Text($0)).inserted }
  }
}

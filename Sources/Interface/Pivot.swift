import Findings

/// A way from a line to something that it names.
enum Pivot: Hashable {
  case user, repository, image, finding, source

  init?(_ command: Command) {
    switch command {
    case .user: self = .user
    case .repository: self = .repository
    case .image: self = .image
    case .finding: self = .finding
    case .source: self = .source
    default: return nil
    }
  }

  /// What the line has to name.
  var role: PaneRole {
    switch self {
    case .user: .user
    case .repository: .repository
    case .image: .image
    case .finding: .finding
    case .source: .source
    }
  }

  /// The list of such things.
  var kind: PaneKind {
    switch self {
    case .user: .users
    case .repository: .repositories
    case .image: .images
    case .finding: .findings
    case .source: .sources
    }
  }

  func view(_ name: String) -> View {
    switch self {
    case .user: .user(name)
    case .repository: .repository(name)
    case .image: .image(name)
    case .finding: .finding(name, repository: nil)
    case .source: .source(name)
    }
  }
}

import Findings

/// What of the lines of a list decides which columns are worth their room: counted once, when they
/// are loaded, as a frame is drawn far more often.
struct LineFacts: Equatable, Sendable {
  /// Cells of the widest name.
  var repositoryWidth = 0
  var userWidth = 0
  /// Whether any line has marks, a package, has an owner of its own, a status other than New, a time by which
  /// it should be gone, a team that answers for it; of any is it known whether it is still there.
  var hasMarks = false
  var hasPackages = false
  var hasOwners = false
  var hasStatuses = false
  var hasLimits = false
  var hasTeams = false
  var hasPresence = false

  init() {}

  init(_ lines: [Line]) {
    for line in lines { take(line) }
  }

  private mutating func take(_ line: Line) {
    switch line {
    case .repository(let line):
      repositoryWidth = max(repositoryWidth, Wording.width(line.repository))
      hasTeams = hasTeams || line.ownership != nil
    case .finding(let line):
      repositoryWidth = max(repositoryWidth, Wording.width(line.repository ?? ""))
      hasMarks = hasMarks || !line.marks.isEmpty
      hasOwners = hasOwners || line.triage.owner != nil
      hasStatuses = hasStatuses || line.triage.status != .new
      hasLimits = hasLimits || line.mostDays != nil
      hasPackages = hasPackages || line.package != nil
      hasPresence = hasPresence || line.presence != .unknown
    case .row(let line):
      repositoryWidth = max(repositoryWidth, Wording.width(line.roles[.repository] ?? ""))
      hasMarks = hasMarks || !line.marks.isEmpty
      hasPackages = hasPackages || line.roles[.package] != nil
    case .user: userWidth = max(userWidth, Wording.width(line.roles[.user] ?? Wording.noUser))
    default: break
    }
  }
}

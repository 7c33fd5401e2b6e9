extension TriageEntry {
  /// What was changed, and why: `New to Closed; owner alice; not in use any more`; `image` says how
  /// a digest is written.
  package func sentence(image: (String) -> String = { $0 }) -> String {
    var parts: [String] = []
    switch cause {
    case .move: break
    case .undo: parts.append("undone")
    case .newImage(let digest): parts.append("opened again: image \(image(digest)) has it too")
    case .imported: parts.append("imported")
    }
    if before.status != after.status {
      parts.append("\(before.status.rawValue) to \(after.status.rawValue)")
    }
    if before.owner != after.owner { parts.append(after.owner.map { "owner \($0)" } ?? "no owner") }
    if before.urgency != after.urgency {
      parts.append("urgency \(after.urgency?.rawValue ?? Self.bySeverity)")
    }
    if before.disposition != after.disposition { parts.append(after.disposition.rawValue) }
    if before.comment != after.comment { parts.append(after.comment ?? "comment taken away") }
    return parts.joined(separator: "; ")
  }

  /// An urgency that nobody has given.
  package static let bySeverity = "as its severity says"
}

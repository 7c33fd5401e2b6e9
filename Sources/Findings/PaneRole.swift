/// What a pane needs to know of a row, whatever the rule calls it; a rule's sidecar maps each to
/// a column, a sample field or a constant.
package enum PaneRole: String, CaseIterable, Hashable, Sendable {
  case repository, image, finding, severity, package, version, user, source, account, region
  case session
}

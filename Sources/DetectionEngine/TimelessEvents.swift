package import Events

/// Events whose time cannot be read: whoever writes such a record must not hide what it tells, so
/// they are kept and marked, in the window of a time that no real event has.
package enum TimelessEvents {
  /// What their rows are marked with.
  package static let mark: Text = "no readable time"

  /// When they count as having happened: 1970-01-01, the same whenever they are read.
  package static let time = Timestamp(seconds: 0)
}

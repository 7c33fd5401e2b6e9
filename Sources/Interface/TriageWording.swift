import Findings

extension TriageEntry {
  /// What was changed, and why, with digests as short as elsewhere on the screen.
  var sentence: String { sentence(image: Wording.short(digest:)) }
}

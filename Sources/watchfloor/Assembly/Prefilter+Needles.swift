import Ingest
import Streaming

extension Prefilter {
  /// What the bytes of a record must hold for any of some rules to want it.
  init(_ needles: [Needles]) {
    // A rule that requires nothing makes every record a candidate.
    let first = needles.map(\.groups.first)
    if first.contains(where: { $0 == nil }) {
      self.init(alternatives: nil)
    } else {
      self.init(
        values: needles.flatMap { $0.calls ?? [] }, ofKey: "eventName",
        or: needles.filter { $0.calls == nil }.flatMap { $0.groups.first ?? [] })
    }
  }
}

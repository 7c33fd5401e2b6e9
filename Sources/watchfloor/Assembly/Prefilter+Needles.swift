import Ingest
import Streaming

extension Prefilter {
  /// What the bytes of a record must hold for any of some rules to want it, or to be one of some
  /// calls.
  init(_ needles: [Needles], orCalls calls: [String] = []) {
    // A rule that requires nothing makes every record a candidate.
    let first = needles.map(\.groups.first)
    if first.contains(where: { $0 == nil }) {
      self.init(alternatives: nil)
    } else {
      self.init(
        values: needles.flatMap { $0.calls ?? [] } + calls.map { Array($0.utf8) },
        ofKey: "eventName",
        or: needles.filter { $0.calls == nil }.flatMap { $0.groups.first ?? [] })
    }
  }
}

package import Events
package import Ingest

/// What came out of checking an archive.
package struct IntegrityReport: Sendable {
  /// One for each file: digests first, then log files, by path.
  package let verdicts: [Verdict]
  /// Digests that the given keys should have proven and could not, besides the newest of each
  /// chain: whoever forges digests under a key of his own must not pass.
  package let unproven: Int
  /// Paths that could not be walked.
  package let unreadable: [ReadOnce.Unreadable]

  init(verdicts: [Verdict], unproven: Int, unreadable: [ReadOnce.Unreadable]) {
    self.verdicts = verdicts.sorted { left, right in
      guard left.kind == right.kind else { return left.kind == .digest }
      return left.path.utf8.lexicographicallyPrecedes(right.path.utf8)
    }
    self.unproven = unproven
    self.unreadable = unreadable
  }

  package func count(_ kind: FileKind, _ state: FileState) -> Int {
    verdicts.count { $0.kind == kind && $0.state == state }
  }

  /// Whether something is wrong with a file.
  package var hasFailures: Bool {
    verdicts.contains { [.mismatch, .missing, .unreadable].contains($0.state) }
  }

  /// Whether there are digests, and nothing contradicts them.
  package var isSound: Bool {
    !hasFailures && unproven == 0 && unreadable.isEmpty
      && verdicts.contains { $0.kind == .digest }
  }

  /// `12 digests: 11 verified, 1 pending`, a line a kind of file; no line for none.
  package var summary: [String] {
    [(FileKind.digest, "digest"), (.log, "log file")].compactMap { kind, noun in
      let states = FileState.allCases.map { ($0, count(kind, $0)) }.filter { $0.1 > 0 }
      let total = states.reduce(0) { $0 + $1.1 }
      guard total > 0 else { return nil }
      let parts = states.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
      return "\(total) \(noun)\(total == 1 ? "" : "s"): \(parts)"
    }
  }

  /// The verdicts as rows of state, kind, time, path, reason and digest; or only those that are
  /// not verified.
  package func table(onlyProblems: Bool = false) -> Table {
    let shown = onlyProblems ? verdicts.filter { $0.state != .verified } : verdicts
    return Table(
      columns: ["state", "kind", "time", "path", "reason", "digest"].map { Text($0) },
      rows: shown.map { verdict in
        [
          .string(verdict.state.rawValue), .string(verdict.kind.rawValue),
          verdict.time.map { .string($0.iso8601 + "Z") } ?? .null, .string(verdict.path),
          verdict.reason.map(Value.string) ?? .null, verdict.digest.map(Value.string) ?? .null,
        ]
      })
  }
}

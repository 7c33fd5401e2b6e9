/// The conditions of a `search` command, by its own precedence: NOT, OR, then AND.
package indirect enum Predicate: Equatable, Sendable {
  /// `search *`, and a base search without conditions.
  case everything
  case and([Predicate])
  case or([Predicate])
  case not(Predicate)
  /// `field=value`; a pattern's `*` stands for any text.
  case compare(FieldName, Comparison, Pattern)
  /// `field=CASE(value)`: with case; only `=` and `!=`.
  case compareCase(FieldName, Comparison, Pattern)
  /// `field IN (a, b*)`.
  case within(FieldName, [Pattern])
  /// A bare term or quoted phrase: looked for in the raw record.
  case term(Pattern)
  /// `CASE(text)`: the same, with case.
  case termCase(Pattern)
  /// `TERM(text)`: the same as a term, but between major breakers (white space, quotes, brackets,
  /// `,;|!&` and the record's ends).
  case wholeTerm(Pattern)
  /// `[search ...]`: one of its rows fits, that is each of the row's fields (without those that
  /// begin with `_`) is equal to the event's. No rows fit nothing. A field named `search` or
  /// `query` holds terms, not a value.
  case subsearch(Search)
}

package enum Comparison: String, CaseIterable, Equatable, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// A value with wildcards, compared without case: literal runs with `*` between them.
///
/// `["", "Image", ""]` is `*Image*`; `["HIGH"]` has no wildcard.
package struct Pattern: Hashable, Sendable {
  /// At least one run; each boundary between two runs is a `*`.
  package var runs: [String]

  package init(runs: [String]) { self.runs = runs }

  /// The pattern of a text in which `*` is a wildcard.
  package init(wildcards text: String) {
    // By bytes: a star before a combining mark is a star.
    runs = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
  }

  /// The pattern that only this text matches, whatever stars it holds.
  package init(literal text: String) { runs = [text] }

  package var hasWildcard: Bool { runs.count > 1 }
  /// Only stars: present, whatever it holds.
  package var matchesAnything: Bool { hasWildcard && runs.allSatisfy(\.isEmpty) }
}

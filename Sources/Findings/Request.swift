package import Events

/// What the screen asks the store; each request has its kind of answer.
package enum Request: Hashable, Sendable {
  case overview(Query)
  case repositories(Query)
  case images(Query)
  case findings(Query)
  case users(Query)
  case sources(Query)
  case rows(Query)
  /// Sessions of the user in the query's scope.
  case sessions(Query)
  case imageCard(Query)
  case findingCard(Query)
  case userCard(user: String, asOf: Timestamp)
  case row(RowID)
  /// A record that is kept, by its content hash.
  case record([UInt8])
  case drilldown(Drilldown)
  case search(SearchRequest)
  /// All files in figures.
  case files
  /// Files, and dead letters: their queries have no scope and no range, and filters of theirs.
  case fileLines(Query)
  case deadLetters(Query)
  /// One file, by its path.
  case fileCard(String)
  /// One dead letter, by its number.
  case deadLetter(Int64)
  /// The newest entries first.
  case triageHistory(TriageSubject, offset: Int, limit: Int)
  /// Suppressions, the newest first, with what they hide in the query's range.
  case suppressions(Query)
  /// Findings by the hour, in the query's range.
  case timeline(Query)
  /// Risk by tactic and technique.
  case attack(TimeRange)
}

/// A search that an analyst has typed.
package struct SearchRequest: Hashable, Sendable {
  /// SPL; its own time modifiers go before the range.
  package var text: String
  package var range: TimeRange

  package init(text: String, range: TimeRange) {
    self.text = text
    self.range = range
  }
}

/// Which rows a pane is about, and which of its lines are wanted.
package struct Query: Hashable, Sendable {
  /// What the view has been entered through, each exact: a repository, an image, a user.
  package var scope: [PaneRole: String]
  package var filter: Filter
  package var range: TimeRange
  /// Column to sort by, from the pane's own list; nil is the pane's default order.
  package var sort: Sort?
  /// The first line wanted and how many.
  package var offset: Int
  package var limit: Int

  package init(
    scope: [PaneRole: String] = [:], filter: Filter = .everything, range: TimeRange,
    sort: Sort? = nil, offset: Int = 0, limit: Int = 200
  ) {
    self.scope = scope
    self.filter = filter
    self.range = range
    self.sort = sort
    self.offset = offset
    self.limit = limit
  }
}

/// Event time from `from` (nil: the beginning) up to and including `to`, the as-of time.
package struct TimeRange: Hashable, Sendable {
  package var from: Timestamp?
  package var to: Timestamp

  package init(from: Timestamp?, to: Timestamp) {
    self.from = from
    self.to = to
  }
}

package struct Sort: Hashable, Sendable {
  package var column: SortColumn
  package var descending: Bool

  package init(_ column: SortColumn, descending: Bool) {
    self.column = column
    self.descending = descending
  }
}

package enum SortColumn: String, CaseIterable, Hashable, Sendable {
  case name, severity, package, repository, critical, high, images, readers, count, first, last
  case risk, user, source
  /// Of files and dead letters.
  case state, format, offset, size, behind, rate, integrity, letters
}

/// One of a rule's drilldown searches, with the row or user that it was opened from.
package struct Drilldown: Hashable, Sendable {
  package var rule: String
  /// The `name` in the YAML, tokens not yet filled in.
  package var name: String
  /// `user` = `test`: what `$user$` stands for.
  package var tokens: [String: String]
  package var earliest: Timestamp
  package var latest: Timestamp
  package var asOf: Timestamp

  package init(
    rule: String, name: String, tokens: [String: String], earliest: Timestamp,
    latest: Timestamp, asOf: Timestamp
  ) {
    self.rule = rule
    self.name = name
    self.tokens = tokens
    self.earliest = earliest
    self.latest = latest
    self.asOf = asOf
  }
}

package import Diagnostics

/// A checked search: a generating stage, then the stages its rows go through, macros expanded.
package struct Search: Equatable, Sendable {
  /// Never empty; only the first stage is generating (`search` or `from`).
  package var stages: [Stage]

  package init(stages: [Stage]) { self.stages = stages }
}

/// One command between two pipes.
package struct Stage: Equatable, Sendable {
  package var command: Command
  /// The stage's place in the text that it was written in.
  package var span: SourceSpan

  package init(_ command: Command, span: SourceSpan) {
    self.command = command
    self.span = span
  }
}

/// The name of a field, as it stands after quotes are taken off.
package typealias FieldName = String

package enum Command: Equatable, Sendable {
  case search(Predicate, TimeModifiers)
  case from(Dataset)
  case spath(Spath)
  case multivalueExpand(field: FieldName, limit: Int?)
  case rename([Renaming])
  case stats(Stats)
  case convert(Convert)
}

/// What `from datamodel` reads.
package enum Dataset: Equatable, Sendable {
  /// `Risk.All_Risk`: every risk event.
  case allRisk
}

/// The conditions of a `search` command, by its own precedence: NOT, OR, then AND.
package indirect enum Predicate: Equatable, Sendable {
  /// `search *`, and a base search without conditions.
  case everything
  case and([Predicate])
  case or([Predicate])
  case not(Predicate)
  /// `field=value`; a pattern's `*` stands for any text.
  case compare(FieldName, Comparison, Pattern)
  /// `field IN (a, b*)`.
  case within(FieldName, [Pattern])
  /// A bare term or quoted phrase: looked for in the raw record.
  case term(Pattern)
}

package enum Comparison: String, Equatable, Sendable {
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

/// `earliest=`, `latest=`, `starthoursago=` as written in a `search` command.
package struct TimeModifiers: Equatable, Sendable {
  package var earliest: TimeBound?
  package var latest: TimeBound?
  /// `starthoursago=168`: the last 168 hours up to the screen's as-of time.
  package var startHoursAgo: Int?

  package init(earliest: TimeBound? = nil, latest: TimeBound? = nil, startHoursAgo: Int? = nil) {
    self.earliest = earliest
    self.latest = latest
    self.startHoursAgo = startHoursAgo
  }

  package static let none = TimeModifiers()
}

/// One end of a time range.
package enum TimeBound: Equatable, Sendable {
  /// Seconds since 1970, `earliest=1628682747` and `0`.
  case epoch(Int64)
  /// `now`, `-24h`, `-7d@d`: an offset in seconds, and a unit to round down to.
  case relative(offset: Int64, snap: SnapUnit?)
}

package enum SnapUnit: String, Equatable, Sendable {
  case second, minute, hour, day, week, month, year
}

package struct Spath: Equatable, Sendable {
  /// The field that holds JSON text; nil reads the raw record.
  package var input: FieldName?
  /// The field that gets the values of `path`; by default the path as written.
  package var output: FieldName?
  /// Nil takes every leaf apart.
  package var path: String?

  package init(input: FieldName? = nil, output: FieldName? = nil, path: String? = nil) {
    self.input = input
    self.output = output
    self.path = path
  }
}

/// `old as new`; both may hold the same number of `*`.
package struct Renaming: Equatable, Sendable {
  package var from: FieldName
  package var to: FieldName

  package init(from: FieldName, to: FieldName) {
    self.from = from
    self.to = to
  }
}

package struct Stats: Equatable, Sendable {
  package var aggregates: [Aggregate]
  package var by: [FieldName]

  package init(aggregates: [Aggregate], by: [FieldName]) {
    self.aggregates = aggregates
    self.by = by
  }
}

/// `min(_time) as firstTime`.
package struct Aggregate: Equatable, Sendable {
  package var function: AggregateFunction
  /// Nil for plain `count`.
  package var field: FieldName?
  /// The column: after `as`, else as Splunk names it, `min(_time)`, `count`.
  package var name: FieldName

  package init(_ function: AggregateFunction, _ field: FieldName?, as name: FieldName) {
    self.function = function
    self.field = field
    self.name = name
  }
}

package enum AggregateFunction: String, CaseIterable, Equatable, Sendable {
  case count, min, max, values
  case distinctCount = "dc"
}

/// `convert timeformat="..." ctime(a) as b`.
package struct Convert: Equatable, Sendable {
  /// In strftime's notation; Splunk's default is `%m/%d/%Y %H:%M:%S`.
  package var timeFormat: String
  package var conversions: [Conversion]

  package init(timeFormat: String, conversions: [Conversion]) {
    self.timeFormat = timeFormat
    self.conversions = conversions
  }
}

/// `ctime(field) as name`: only ctime so far, the one ESCU's detections use.
package struct Conversion: Equatable, Sendable {
  package var field: FieldName
  package var name: FieldName

  package init(field: FieldName, as name: FieldName) {
    self.field = field
    self.name = name
  }
}

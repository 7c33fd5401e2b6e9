/// `sort 10 -count, +num(x)`.
package struct Sort: Equatable, Sendable {
  /// Nil for all; Splunk keeps 10,000 when nothing is written, we all.
  package var limit: Int?
  /// At least one; rows that are equal in all keep their order.
  package var keys: [SortKey]

  package init(limit: Int? = nil, keys: [SortKey]) {
    self.limit = limit
    self.keys = keys
  }
}

/// `-num(field)`: what rows are sorted by; those without the field come last, either way.
package struct SortKey: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Equatable, Sendable {
    /// As numbers where both are, as addresses where both are, else as texts; numbers first.
    case automatic = "auto"
    case number = "num"
    case text = "str"
    case address = "ip"
  }

  package var field: FieldName
  package var isDescending: Bool
  package var kind: Kind

  package init(_ field: FieldName, isDescending: Bool = false, kind: Kind = .automatic) {
    self.field = field
    self.isDescending = isDescending
    self.kind = kind
  }
}

/// `dedup 2 a b consecutive=true sortby -_time`: the first rows of each combination of values.
package struct Dedup: Equatable, Sendable {
  package var fields: [FieldName]
  /// How many rows of each, at least 1.
  package var count: Int
  /// Whether rows without one of the fields stay.
  package var keepsEmpty: Bool
  /// `keepevents`: the other rows stay, without these fields.
  package var keepsEvents: Bool
  /// Only rows that follow an equal one are taken away.
  package var consecutive: Bool
  /// How the rows are sorted before; not at all when empty.
  package var sortBy: [SortKey]

  package init(
    fields: [FieldName], count: Int = 1, keepsEmpty: Bool = false, keepsEvents: Bool = false,
    consecutive: Bool = false, sortBy: [SortKey] = []
  ) {
    self.fields = fields
    self.count = count
    self.keepsEmpty = keepsEmpty
    self.keepsEvents = keepsEvents
    self.consecutive = consecutive
    self.sortBy = sortBy
  }
}

/// `head 10`, `head (count>5) limit=100`.
package struct Head: Equatable, Sendable {
  /// Nil for no limit; 10 where neither a number nor a condition is written.
  package var limit: Int?
  /// The rows before the first for which it does not hold.
  package var condition: Expression?
  /// `keeplast`: also that first row.
  package var keepsLast: Bool
  /// `null`: a null condition holds.
  package var nullHolds: Bool

  package init(
    limit: Int?, while condition: Expression? = nil, keepsLast: Bool = false,
    nullHolds: Bool = false
  ) {
    self.limit = limit
    self.condition = condition
    self.keepsLast = keepsLast
    self.nullHolds = nullHolds
  }

  package static let defaultLimit = 10
}

/// `transaction user maxspan=5m`: events put together to one.
package struct Transaction: Equatable, Sendable {
  /// What the first or last event of a transaction fulfils.
  package enum Edge: Equatable, Sendable {
    case search(Predicate)
    case expression(Expression)
  }

  /// Equal in all events of a transaction.
  package var fields: [FieldName]
  /// From the first event to the last at most, and between two; nil for no limit.
  package var maxSpan: Span?
  package var maxPause: Span?
  /// Nil for Splunk's 1,000.
  package var maxEvents: Int?
  package var startsWith: Edge?
  package var endsWith: Edge?

  package init(
    fields: [FieldName], maxSpan: Span? = nil, maxPause: Span? = nil, maxEvents: Int? = nil,
    startsWith: Edge? = nil, endsWith: Edge? = nil
  ) {
    self.fields = fields
    self.maxSpan = maxSpan
    self.maxPause = maxPause
    self.maxEvents = maxEvents
    self.startsWith = startsWith
    self.endsWith = endsWith
  }
}

/// `anomalydetection "count" "user" action=annotate`: known, and refused at load.
package struct AnomalyDetection: Equatable, Sendable {
  package var fields: [FieldName]
  /// As written, in this order.
  package var options: [CommandOption]

  package init(fields: [FieldName], options: [CommandOption] = []) {
    self.fields = fields
    self.options = options
  }
}

/// `name=value` of a command.
package struct CommandOption: Equatable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

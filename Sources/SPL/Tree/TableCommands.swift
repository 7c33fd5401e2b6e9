/// `makeresults count=3`: rows with `_time`, the search's moment.
package struct MakeResults: Equatable, Sendable {
  package var count: Int
  /// Also `_raw`, `host`, `source`, `sourcetype` and `splunk_server`, all null.
  package var annotates: Bool

  package init(count: Int = 1, annotates: Bool = false) {
    self.count = count
    self.annotates = annotates
  }
}

/// `lookup table key as field OUTPUT value as name`.
package struct Lookup: Equatable, Sendable {
  package var table: String
  /// What has to be equal, at least one pair.
  package var matches: [LookupField]
  /// The columns that a row gets; nil for all that are not matched by.
  ///
  /// Several lines that match give several values.
  package var outputs: [LookupField]?
  /// `OUTPUT`, and where nothing is said; `OUTPUTNEW` keeps a value that the row has.
  package var overwrites: Bool

  package init(
    table: String, matches: [LookupField], outputs: [LookupField]? = nil, overwrites: Bool = true
  ) {
    self.table = table
    self.matches = matches
    self.outputs = outputs
    self.overwrites = overwrites
  }
}

/// `column as field`: a column of a table and what it is called in the rows.
package struct LookupField: Equatable, Sendable {
  package var column: String
  package var field: FieldName

  package init(_ column: String, as field: FieldName) {
    self.column = column
    self.field = field
  }
}

/// `inputlookup append=t start=0 max=100 table where a=1`.
package struct InputLookup: Equatable, Sendable {
  package var table: String
  /// Whether its rows come after those that reach the command.
  package var appends: Bool
  /// How many lines are passed over, and how many read at most; nil for all.
  package var start: Int
  package var max: Int?
  package var predicate: Predicate

  package init(
    table: String, appends: Bool = false, start: Int = 0, max: Int? = nil,
    predicate: Predicate = .everything
  ) {
    self.table = table
    self.appends = appends
    self.start = start
    self.max = max
    self.predicate = predicate
  }
}

/// `outputlookup append=t table`: writes the rows to a table and passes them on.
package struct OutputLookup: Equatable, Sendable {
  package var table: String
  /// Whether the table's lines stay.
  package var appends: Bool
  /// Lines with an equal value are replaced, the others stay.
  package var keyField: FieldName?
  /// Whether no rows make the table empty; else they leave it as it is.
  package var overridesIfEmpty: Bool
  /// How many rows are written at most; nil for all.
  package var max: Int?

  package init(
    table: String, appends: Bool = false, keyField: FieldName? = nil,
    overridesIfEmpty: Bool = true, max: Int? = nil
  ) {
    self.table = table
    self.appends = appends
    self.keyField = keyField
    self.overridesIfEmpty = overridesIfEmpty
    self.max = max
  }
}

/// `join type=left max=1 a b [search ...]`: each row with the first rows of the subsearch that are
/// equal in these fields.
package struct Join: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Equatable, Sendable {
    /// Rows without a partner are dropped.
    case inner
    /// They stay; also written `outer`.
    case left
  }

  package var kind: Kind
  /// Empty: all fields that both sides have.
  package var fields: [FieldName]
  /// How many partners of a row count, each giving a row; nil for all, 1 unless written.
  package var max: Int?
  /// Whether the partner's values replace the row's.
  package var overwrites: Bool
  package var search: Search

  package init(
    kind: Kind = .inner, fields: [FieldName], max: Int? = 1, overwrites: Bool = true,
    search: Search
  ) {
    self.kind = kind
    self.fields = fields
    self.max = max
    self.overwrites = overwrites
    self.search = search
  }
}

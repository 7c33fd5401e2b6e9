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

/// `fields a, b*` keeps these and the internal `_...` fields, in the order written; `fields - a`
/// takes these away, internal ones only by a name that begins with `_`.
package struct FieldSelection: Equatable, Sendable {
  package var keeps: Bool
  /// At least one.
  package var fields: [Pattern]

  package init(keeps: Bool, fields: [Pattern]) {
    self.keeps = keeps
    self.fields = fields
  }
}

/// `fillnull value=x a b`.
package struct FillNull: Equatable, Sendable {
  package var value: String
  /// Named ones are filled though no row has them; nil fills every field that some row has.
  package var fields: [FieldName]?

  package init(value: String = Self.defaultValue, fields: [FieldName]? = nil) {
    self.value = value
    self.fields = fields
  }

  package static let defaultValue = "0"
}

/// `makemv delim="," field`: one text to several values.
package struct MakeMultivalue: Equatable, Sendable {
  package enum Cut: Equatable, Sendable {
    /// Not empty; one space by default.
    case delimiter(String)
    /// A regular expression whose first group, matched again and again, gives the values.
    case tokenizer(String)
  }

  package var field: FieldName
  package var cut: Cut
  /// Whether what is empty between two delimiters is a value.
  package var allowsEmpty: Bool
  /// `setsv=true`: nothing that a row here shows; kept as written.
  package var keepsSingle: Bool

  package init(
    field: FieldName, cut: Cut = .delimiter(" "), allowsEmpty: Bool = false,
    keepsSingle: Bool = false
  ) {
    self.field = field
    self.cut = cut
    self.allowsEmpty = allowsEmpty
    self.keepsSingle = keepsSingle
  }
}

/// `mvcombine delim="," field`: rows that are equal but for the field become one, with all values.
package struct MultivalueCombine: Equatable, Sendable {
  package var field: FieldName
  /// Between the values where the result is shown as one text.
  package var delimiter: String

  package init(field: FieldName, delimiter: String = " ") {
    self.field = field
    self.delimiter = delimiter
  }
}

/// `bin span=5m _time as slot`: the value rounded down to a multiple of the span.
package struct Bin: Equatable, Sendable {
  package var field: FieldName
  package var span: Span
  /// The field that gets the result, by default the same.
  package var name: FieldName

  package init(field: FieldName, span: Span, as name: FieldName) {
    self.field = field
    self.span = span
    self.name = name
  }
}

/// A width in a number's or in time's units.
package enum Span: Equatable, Sendable {
  /// Above 0. For `_time` seconds; for other fields the row gets the text `0-10`.
  case number(Double)
  /// Above 0. `5m`; months, quarters and years by the calendar in UTC, weeks from Sunday.
  case time(Int64, TimeUnit)
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

/// `ctime(field) as name`; a star in the field takes every field that fits, each in its place.
package struct Conversion: Equatable, Sendable {
  package var function: ConvertFunction
  package var field: FieldName
  package var name: FieldName

  package init(_ function: ConvertFunction = .ctime, field: FieldName, as name: FieldName) {
    self.function = function
    self.field = field
    self.name = name
  }
}

package enum ConvertFunction: String, CaseIterable, Equatable, Sendable {
  /// To a number by the best of the others, else left as it is.
  case auto
  /// Seconds since 1970 to text by the time format, UTC.
  case ctime
  /// `[D+]HH:MM:SS` to seconds.
  case durationToSeconds = "dur2sec"
  /// `12k`, `3m`, `2g` to kilobytes; no letter: kilobytes.
  case memoryToKilobytes = "memk"
  /// Text by the time format to seconds since 1970.
  case mktime
  /// `MM:SS.SSS` to seconds.
  case minutesToSeconds = "mstime"
  /// Left as it is.
  case none
  /// To a number, else the field is taken away.
  case number = "num"
  /// `1,234` to `1234`.
  case removeCommas = "rmcomma"
  /// `12 kB` to `12`: what follows the leading number is taken away.
  case removeUnit = "rmunit"
}

/// `rex field=x "(?<name>...)"`: named groups, or a replacement, from one field.
package struct Rex: Equatable, Sendable {
  package enum Mode: Equatable, Sendable {
    /// Each named group becomes a field. `limit`: how many matches, each a value; nil for all.
    case extract(pattern: String, limit: Int?)
    case sed(Sed)
  }

  /// By default `_raw`.
  package var field: FieldName
  package var mode: Mode

  package init(field: FieldName = Self.defaultField, mode: Mode) {
    self.field = field
    self.mode = mode
  }

  package static let defaultField = "_raw"
}

/// A program of `rex mode=sed`.
package enum Sed: Equatable, Sendable {
  /// `s/pattern/replacement/flags`: `\1` and `&` in the replacement are a group and the match.
  /// `from` is the number of the first match that is replaced, from 1; `all` those after it too.
  case substitute(pattern: String, replacement: String, from: Int, all: Bool)
  /// `y/abc/xyz/`: each character by the one in the same place.
  case transliterate(from: String, to: String)
}

/// `regex field!="..."`: rows whose field matches, or does not; a null field matches nothing.
package struct RegexFilter: Equatable, Sendable {
  /// By default `_raw`.
  package var field: FieldName
  package var keepsMatches: Bool
  package var pattern: String

  package init(field: FieldName = Rex.defaultField, keepsMatches: Bool = true, pattern: String) {
    self.field = field
    self.keepsMatches = keepsMatches
    self.pattern = pattern
  }
}

/// `iplocation prefix=x field`: needs a table of places that nobody has.
package struct IPLocation: Equatable, Sendable {
  package var field: FieldName
  package var prefix: String
  package var allFields: Bool

  package init(field: FieldName, prefix: String = "", allFields: Bool = false) {
    self.field = field
    self.prefix = prefix
    self.allFields = allFields
  }
}

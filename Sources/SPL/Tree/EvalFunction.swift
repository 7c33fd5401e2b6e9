/// The functions of expressions that have no case of their own in `Expression`, by Splunk's names.
///
/// Unless said otherwise a null argument makes the result null, and a text that is no number is
/// null where a number is asked for.
package enum EvalFunction: String, CaseIterable, Equatable, Sendable {
  // Conditions.

  /// The first argument that is not null.
  case coalesce
  case isnull, isnotnull
  case isnum, isint, isstr, isbool
  /// Null when both are equal, else the first.
  case nullif
  /// `match(text, regex)`: whether it matches anywhere; a multivalue matches when any value does.
  case match
  /// `cidrmatch("10.0.0.0/8", ip)`, IPv4 and IPv6.
  case cidrmatch
  /// "Number", "String", "Boolean", "Null"; never null.
  case typeof

  // Text.

  /// Length in characters.
  case len
  case lower, upper
  /// `trim(text, characters)`: white space without the second argument.
  case trim, ltrim, rtrim
  /// `substr(text, start, length)`: from 1, negative counts from the end.
  case substr
  /// `replace(text, regex, replacement)`: every match; `\1` is a group.
  case replace
  /// `printf("%-10s %5.2f", user, share)`: `d i u o x X e E f g G s` with flags, width and places;
  /// null where a number is asked for and there is none.
  case printf
  /// `ipmask("255.255.255.0", ip)`: an IPv4 address with the bits of the mask only.
  case ipmask
  /// `%41` becomes `A`.
  case urldecode
  case md5, sha1, sha256, sha512

  // Conversion.

  /// `tonumber(text, base)`: base 2 to 36, by default 10.
  case tonumber
  /// `tostring(value, format)`: format "hex", "commas" or "duration"; truth is "True" or "False".
  case tostring

  // Numbers.

  /// `round(number, places)`: half away from zero, places 0 by default.
  case round
  case floor
  /// Also written `ceil`.
  case ceiling
  case pow, sqrt, abs, exp, ln
  /// `log(number, base)`: base 10 by default.
  case log
  case pi
  /// The number as it is.
  case exact
  /// Angles in radians.
  case sin, cos, tan, asin, acos, atan, atan2, sinh, cosh, tanh, hypot
  /// Of two or more whole numbers, not negative.
  case bitAnd = "bit_and"
  case bitOr = "bit_or"
  case bitXor = "bit_xor"
  /// Least and greatest of the arguments; numbers come before texts.
  case min, max

  // Time.

  /// `strftime(seconds, format)`, always UTC.
  case strftime
  /// `strptime(text, format)`: seconds since 1970; UTC where the text has no zone.
  case strptime
  /// `relative_time(seconds, "-1d@d")`: see `RelativeTime`.
  case relativeTime = "relative_time"
  /// The moment of the search: the end of its time range where it has one, else as-of.
  case now
  /// The same as `now` here: a result must not depend on when it is computed.
  case time

  // Several values.

  /// All values of all arguments, nulls left out; null when nothing is left.
  case mvappend
  /// How many values; null for null.
  case mvcount
  /// `mvindex(field, start, end)`: from 0, negative from the end, `end` included; null outside.
  case mvindex
  /// `mvjoin(field, delimiter)`.
  case mvjoin
  /// `mvzip(a, b, delimiter)`: pairs joined by "," or the delimiter, as long as the shorter.
  case mvzip
  /// Each value once, in the order of their first.
  case mvdedup
  /// By bytes.
  case mvsort
  /// `mvfind(field, regex)`: the index of the first value that matches.
  case mvfind
  /// `mvrange(start, end, step)`: numbers from start up to, without, end.
  case mvrange
  /// `split(text, delimiter)`: an empty delimiter gives characters.
  case split

  // JSON.

  /// `spath(text, path)` with the paths of `Spath`.
  case spath
  /// `json_extract(text, path...)`: an object or list as JSON text; without a path the text itself.
  case jsonExtract = "json_extract"
  /// Whether the text is valid JSON.
  case jsonValid = "json_valid"
}

/// What one stage does to the rows that reach it.
package enum Command: Equatable, Sendable {
  // Generating: only at the start of a search or subsearch, except `search`, `inputLookup` with
  // `appends`.
  case search(Predicate, TimeModifiers)
  case from(Dataset)
  case tstats(RiskStats)
  case makeResults(MakeResults)
  /// Rows of a lookup table; with `appends` after the rows that came, else in their place.
  case inputLookup(InputLookup)

  // Row by row.
  case `where`(Expression)
  case eval([Assignment])
  case spath(Spath)
  case multivalueExpand(field: FieldName, limit: Int?)
  case rename([Renaming])
  case convert(Convert)
  /// These columns in this order, `*` in a name being a wildcard; a plain name makes a column also
  /// where no row has it. Replaces `_raw` and all else.
  case table([Pattern])
  case fields(FieldSelection)
  case rex(Rex)
  case regex(RegexFilter)
  case makeMultivalue(MakeMultivalue)
  /// `nomv field`: its values as one text, a line feed between two.
  case singleValue(FieldName)
  case bin(Bin)
  case lookup(Lookup)
  case addInfo
  case ipLocation(IPLocation)

  // Groups of rows to rows.
  case stats(Stats)
  case frequencies(Frequencies)
  case chart(Chart)

  // All rows at once.
  case pivot(Pivot)
  case unpivot(Unpivot)
  case fillNull(FillNull)
  case eventStats(Stats)
  case streamStats(StreamStats)
  case dedup(Dedup)
  case sort(Sort)
  case head(Head)
  /// The last rows, in reverse order as Splunk has it.
  case tail(Int)
  case reverse
  case multivalueCombine(MultivalueCombine)
  case transaction(Transaction)
  case anomalyDetection(AnomalyDetection)

  // With other rows.
  /// The rows of the subsearch after those that came.
  case append(Search)
  /// The rows that came, then what these stages make of a copy of them.
  case appendPipe([Stage])
  case join(Join)
  case outputLookup(OutputLookup)
}

/// What `from datamodel` and `datamodel` read.
package enum Dataset: Equatable, Sendable {
  /// `from datamodel Risk.All_Risk`: every risk event.
  case allRisk
  /// `datamodel Risk All_Risk search`: the same, each field `x` being named `All_Risk.x`.
  case allRiskPrefixed
}

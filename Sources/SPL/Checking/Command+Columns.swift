extension Command {
  /// The fields of the rows that come out, by those of the rows that reach it.
  func columns(after before: Columns) -> Columns {
    switch self {
    case .from, .inputLookup, .anomalyDetection: .open
    case .makeResults(let make): .closed(make.annotates ? Self.annotations : ["_time"])
    case .tstats(let tstats): tstats.stats.columns(after: .open)
    case .stats(let stats): stats.columns(after: before)
    case .eventStats(let stats): before.union(stats.aggregateColumns(after: before))
    case .streamStats(let stream): before.union(stream.stats.aggregateColumns(after: before))
    case .frequencies(let frequencies): frequencies.columns
    case .chart(let chart) where chart.column == nil:
      .closed(Set([chart.row] + chart.aggregates.map(\.name)))
    case .chart, .pivot: .open
    case .unpivot(let unpivot): .closed([unpivot.row, unpivot.column, unpivot.value])
    case .table(let patterns): before.selected(by: patterns)
    case .fields(let selection):
      selection.keeps
        ? before.selected(by: selection.fields).union(before.internals)
        : before.removing(selection.fields)
    case .rename(let renamings): before.renamed(by: renamings)
    case .append(let search): before.union(search.columns)
    case .appendPipe(let stages):
      before.union(stages.reduce(before) { $1.command.columns(after: $0) })
    case .join(let join): before.union(join.search.columns)
    case .convert(let convert):
      before.adding(
        convert.conversions.filter { before.mayHave($0.field) }.map(\.name))
    default: made.map { before.adding($0) } ?? .open
    }
  }

  private static let annotations: Set<FieldName> = [
    "_time", "_raw", "host", "source", "sourcetype", "splunk_server",
  ]

  /// The fields that it adds to rows; nil where the data says which.
  private var made: [FieldName]? {
    switch self {
    case .eval(let assignments): assignments.map(\.field)
    case .spath(let spath): spath.path.map { [spath.output ?? $0] }
    case .rex(let rex): rex.groups
    case .bin(let bin): [bin.name]
    case .fillNull(let fill): fill.fields ?? []
    case .lookup(let lookup): lookup.outputs?.map(\.field)
    case .addInfo: ["info_min_time", "info_max_time", "info_search_time", "info_sid"]
    case .ipLocation(let location):
      ["City", "Country", "Region", "lat", "lon"].map { location.prefix + $0 }
    case .transaction: ["duration", "eventcount", "closed_txn"]
    default: []
    }
  }
}

extension Search {
  /// The fields of its rows.
  var columns: Columns { stages.reduce(.open) { $1.command.columns(after: $0) } }
}

extension Columns {
  /// The fields of events that `fields` keeps though they are not named.
  fileprivate var internals: Columns {
    guard case .closed(let names) = self else { return .closed(["_time", "_raw"]) }
    return .closed(names.filter { $0.utf8.first == UInt8(ascii: "_") })
  }
}

extension Stats {
  fileprivate func columns(after before: Columns) -> Columns {
    aggregateColumns(after: before).adding(by)
  }

  fileprivate func aggregateColumns(after before: Columns) -> Columns {
    var names: Set<FieldName> = []
    for aggregate in aggregates {
      guard case .fields(let pattern) = aggregate.argument else {
        names.insert(aggregate.name)
        continue
      }
      guard case .closed(let known) = before else { return .open }
      for name in known.subtracting(by) where pattern.fits(name) {
        names.insert(pattern.renaming(name, to: aggregate.name))
      }
    }
    return .closed(names)
  }
}

extension Frequencies {
  fileprivate var columns: Columns {
    .closed(Set(by + fields + [countField, percentField].compactMap { $0 }))
  }
}

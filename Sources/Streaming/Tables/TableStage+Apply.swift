import Events
import SPL

extension [TableStage] {
  func applied(to table: RowTable, in run: inout TableRun) -> RowTable {
    var table = table
    for stage in self { table = stage.applied(to: table, in: &run) }
    return table
  }
}

extension TableStage {
  fileprivate func applied(to table: RowTable, in run: inout TableRun) -> RowTable {
    switch self {
    case .rows(let stages, let commands):
      return table.passed(through: stages, commands, run)
    case .filter(let predicate, let subsearches):
      var found = run.subsearches[subsearches]
      let condition = Condition(predicate.filled(with: &found))
      return table.passed(through: [.filter(condition)], [], run)
    case .lookup(let lookup):
      guard let lines = run.table(named: Text(lookup.table.lookupName)) else { return table }
      var result = table.passed(through: [.lookup(LookupStep(lookup, lines))], [], run)
      result.addColumns(LookupStep.outputs(lookup, lines).map(\.field))
      return result
    case .stats(let step): return step.grouped(table, run.moment)
    case .eventStats(let step): return step.annotated(table, run.moment)
    case .streamStats(let step): return step.annotated(table, run.moment)
    case .frequencies(let step): return step.counted(table, run.moment)
    case .pivot(let step): return step.pivoted(table)
    case .unpivot(let step): return step.unpivoted(table)
    case .transaction(let step): return step.transactions(of: table)
    case .fillAll(let value): return table.filled(with: value)
    case .combine(let field): return table.combined(by: field)
    case .dedup, .sort, .head, .last, .reverse:
      return RowTable(columns: table.columns, rows: ordered(table.rows, run.moment))
    default: return withOthers(table, in: &run)
    }
  }

  private func ordered(_ rows: [TableRow], _ moment: SearchMoment) -> [TableRow] {
    switch self {
    case .dedup(let step): step.left(of: rows)
    case .sort(let sorting, let limit): Array(sorting.sorted(rows).prefix(limit ?? rows.count))
    case .head(let head, let condition): head.left(of: rows, condition, moment)
    case .last(let count): rows.suffix(count).reversed()
    default: rows.reversed()
    }
  }

  private func withOthers(_ table: RowTable, in run: inout TableRun) -> RowTable {
    var result = table
    switch self {
    case .append(let search): result.append(run.subsearches[search])
    case .appendPipe(let stages): result.append(stages.applied(to: table, in: &run))
    case .join(let step, let search): return step.joined(table, with: run.subsearches[search])
    case .makeResults(let make): return make.rows(at: run.moment)
    case .inputLookup(let input, let subsearches):
      var found = run.subsearches[subsearches]
      let lines = input.rows(of: run.table(named: Text(input.table.lookupName)), &found, run)
      guard input.appends else { return lines }
      result.append(lines)
    case .outputLookup(let step):
      let name = Text(step.command.table.lookupName)
      if let written = step.table(of: table, over: run.table(named: name)) {
        run.write(written, named: name)
      }
    default: break
    }
    return result
  }
}

extension RowTable {
  fileprivate func passed(
    through stages: [EventStage], _ commands: [Command], _ run: TableRun
  ) -> RowTable {
    // Stars take fields that are there though no stage spoke of them.
    let start = commands.first?.selectsByPattern == true ? names : columns
    var result = RowTable(
      columns: commands.reduce(start) { $0.after($1, lookups: NoLookupTables()) })
    for row in rows {
      let event = PassingEvent(time: nil, moment: run.moment, fields: row.source)
      stages.run(event) { passing in
        var one = row
        one.fields = passing.fields.all
        result.rows.append(one)
      }
    }
    if commands.contains(where: \.takesLeaves) {
      let known = Set(columns)
      let found = Set(result.rows.flatMap(\.fields.keys)).filter { !$0.isInternal }
      result.addColumns(found.subtracting(known).sorted())
    }
    return result
  }

  fileprivate func filled(with value: Value) -> RowTable {
    let present = Set(rows.flatMap(\.fields.keys)).filter { !$0.isInternal || columns.contains($0) }
    var result = self
    for index in rows.indices {
      for name in present where rows[index].fields[name] == nil {
        result.rows[index].fields[name] = value
      }
    }
    return result
  }

  /// Rows that are equal but for one field become one, where the first of them stands.
  fileprivate func combined(by field: Text) -> RowTable {
    var places: [[Text: Value]: Int] = [:]
    var result = RowTable(columns: columns)
    for row in rows {
      var rest = row.fields
      rest[field] = nil
      guard let place = places[rest] else {
        places[rest] = result.rows.count
        result.rows.append(row)
        continue
      }
      let values = result.rows[place].value(of: field).each + row.value(of: field).each
      result.rows[place].set(field, Value(values))
      result.rows[place].origins = Array(Set(result.rows[place].origins + row.origins)).sorted()
    }
    return result
  }
}

extension Command {
  fileprivate var takesLeaves: Bool {
    if case .spath(let spath) = self { spath.path == nil } else { false }
  }
}

extension Head {
  fileprivate func left(
    of rows: [TableRow], _ condition: Formula?, _ moment: SearchMoment
  ) -> [TableRow] {
    let limited = rows.prefix(limit ?? rows.count)
    guard let condition else { return Array(limited) }
    let end = limited.firstIndex { row in
      (condition.truth(FormulaRow(row.source, moment)) ?? nullHolds) == false
    }
    guard let end else { return Array(limited) }
    return Array(limited.prefix(keepsLast ? end + 1 : end))
  }
}

extension MakeResults {
  fileprivate func rows(at moment: SearchMoment) -> RowTable {
    var row = TableRow()
    row.set("_time", moment.now.map { .number(.whole($0.seconds)) } ?? .null)
    let annotations: [Text] = ["_raw", "host", "source", "sourcetype", "splunk_server"]
    return RowTable(
      columns: ["_time"] + (annotates ? annotations : []),
      rows: Array(repeating: row, count: max(0, min(count, MakeResults.limit))))
  }

  /// More rows than this are made for nobody.
  private static let limit = 100_000
}

extension InputLookup {
  fileprivate func rows(
    of table: LookupTable?, _ subsearches: inout ArraySlice<RowTable>, _ run: TableRun
  ) -> RowTable {
    guard var lines = table?.table else { return RowTable() }
    let condition = Condition(predicate.filled(with: &subsearches))
    lines.rows = lines.rows.dropFirst(start).filter { condition.holds(in: $0.source) }
    if let max { lines.rows = Array(lines.rows.prefix(max)) }
    return lines
  }
}

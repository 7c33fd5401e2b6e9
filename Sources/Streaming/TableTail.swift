import Diagnostics
import Events
import JSON
import SPL

/// The stages after `stats`: result rows in, result rows out.
struct TableTail: Sendable {
  private enum Step: Sendable {
    case filter(Condition, columns: [Text])
    /// New columns, each taken from an old one; nil is a column of nulls.
    case project([Int?])
    case convert(CtimeStep, [(from: Int, to: Int)])
    case expand(column: Int, limit: Int?)
    case extract(JSONPath, from: Int, to: Int)
    case group(Reduction, columns: [Text])
  }

  private let steps: [Step]
  let columns: [Text]

  /// Whether each row is answered from itself alone, so that it can be shown as soon as it is
  /// known; else every change asks for the whole table again.
  var isRowLocal: Bool {
    steps.allSatisfy { step in
      switch step {
      case .filter, .project, .convert, .extract: true
      case .expand, .group: false
      }
    }
  }

  /// Splits stages off `stats`; the columns are known throughout.
  init(_ stages: some Collection<Stage>, columns: [Text], problems: inout [Diagnostic]) {
    var columns = columns
    var steps: [Step] = []
    for stage in stages {
      switch stage.command {
      case .search(let predicate, _):
        steps.append(.filter(Condition(predicate), columns: columns))
      case .rename(let renamings):
        let renamed = RenamedColumns(columns, renamings)
        columns = renamed.names
        steps.append(.project(renamed.sources))
      case .convert(let convert):
        let step = CtimeStep(convert)
        steps.append(.convert(step, TableTail.places(of: step, in: &columns)))
      case .multivalueExpand(let field, let limit):
        guard let column = columns.firstIndex(of: Text(field)) else { continue }
        steps.append(.expand(column: column, limit: limit))
      case .spath(let spath):
        guard let path = spath.path else {
          problems.append(.leavesOfTable(stage.span))
          continue
        }
        guard let from = columns.firstIndex(of: Text(spath.input ?? "_raw")) else { continue }
        let to = columns.place(of: Text(spath.output ?? path))
        steps.append(.extract(JSONPath(path), from: from, to: to))
      case .stats(let stats):
        let reduction = Reduction(stats, nulls: .splunk)
        steps.append(.group(reduction, columns: columns))
        columns = reduction.columns
      case .from:
        problems.append(.generatingLate(stage.span))
      }
    }
    self.steps = steps
    self.columns = columns
  }

  private static func places(
    of step: CtimeStep, in columns: inout [Text]
  ) -> [(from: Int, to: Int)] {
    var places: [(from: Int, to: Int)] = []
    for (field, name) in step.conversions {
      guard let from = columns.firstIndex(of: field) else { continue }
      places.append((from, columns.place(of: name)))
    }
    return places
  }

  /// One row through row-local stages; nil where a `search` drops it.
  func row(_ row: [Value]) -> [Value]? {
    precondition(isRowLocal, "a tail whose stages look at one row each")
    return rows([row]).first
  }

  func rows(_ rows: [[Value]]) -> [[Value]] { steps.reduce(rows) { apply($1, to: $0) } }

  private func apply(_ step: Step, to rows: [[Value]]) -> [[Value]] {
    switch step {
    case .filter(let condition, let columns):
      rows.filter { condition.holds(in: RowFields(columns, $0)) }
    case .project(let sources):
      rows.map { row in sources.map { $0.map { row[$0] } ?? .null } }
    case .convert(let step, let places):
      rows.map { row in
        places.reduce(into: row) { $0.set($1.to, step.converted($0[$1.from])) }
      }
    case .expand(let column, let limit):
      rows.flatMap { row in
        expanded(row[column], limit: limit).map { value in
          var one = row
          one[column] = value
          return one
        }
      }
    case .extract(let path, let from, let to):
      rows.map { row in
        var row = row
        let found = path.extract(from: row[from])
        row.set(to, found.isNull && to < row.count ? row[to] : found)
        return row
      }
    case .group(let reduction, let columns): grouped(rows, columns, by: reduction)
    }
  }

  private func grouped(
    _ rows: [[Value]], _ columns: [Text], by reduction: Reduction
  ) -> [[Value]] {
    var groups = Groups(reduction)
    for row in rows {
      let fields = RowFields(columns, row)
      reduction.reduce(fields, record: fields, time: nil, sample: { [:] }) { outcome in
        if case .contribution(let contribution) = outcome { groups.add(contribution) }
      }
    }
    return groups.sorted.map { reduction.row($0.key, $0.state) }
  }
}

extension [Text] {
  /// The place of a column, which is added where there is none.
  fileprivate mutating func place(of column: Text) -> Int {
    if let index = firstIndex(of: column) { return index }
    append(column)
    return count - 1
  }
}

extension [Value] {
  /// Puts a value at a place, which may be the one after the last.
  fileprivate mutating func set(_ index: Int, _ value: Value) {
    while count <= index { append(.null) }
    self[index] = value
  }
}

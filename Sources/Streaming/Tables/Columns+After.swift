import Events
import SPL

extension [Text] {
  /// The columns of a table after a command that looks at one row at a time.
  func after(_ command: Command, lookups: any LookupTables) -> [Text] {
    switch command {
    case .eval(let assignments): adding(assignments.map { Text($0.field) })
    case .rename(let renamings): RenamedColumns(self, renamings).names
    case .convert(let convert):
      adding(
        convert.conversions.filter { contains(Text($0.field)) }.map { Text($0.name) })
    case .spath(let spath): adding((spath.output ?? spath.path).map { [Text($0)] } ?? [])
    case .table(let patterns): FieldSelector(table: patterns).columns(of: self)
    case .fields(let selection): FieldSelector(selection).columns(of: self)
    case .fillNull(let fill): adding((fill.fields ?? []).map { Text($0) })
    case .bin(let bin): adding([Text(bin.name)])
    case .addInfo: adding(["info_min_time", "info_max_time", "info_search_time"])
    case .lookup(let lookup):
      if let table = lookups.table(named: Text(lookup.table.lookupName)) {
        adding(LookupStep.outputs(lookup, table).map(\.field))
      } else {
        adding((lookup.outputs ?? []).map { Text($0.field) })
      }
    default: self
    }
  }

  private func adding(_ names: [Text]) -> [Text] { (self + names).unique }
}

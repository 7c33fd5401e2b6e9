import CellGrid
import Findings

/// The list of tactics by technique.
extension State {
  var techniqueColumns: [Column] {
    [
      Column(.tactic, "TACTIC", ColumnWidths(16...40, worth: 95)),
      Column(.technique, "TECHNIQUE", ColumnWidths(9...10, worth: 99)),
      Column(.techniqueName, "NAME", ColumnWidths(12...60, worth: 70, takesRest: true)),
      .number(.events, "EVENTS", 7, worth: 80),
      .number(.objects, "USERS", 6, worth: 60),
      .number(.risk, "RISK", 8, worth: 90),
      Column(.riskBar, "", ColumnWidths(4...24, worth: 40)),
    ]
  }

  func cell(_ line: AttackLine, _ field: Column.Field, _ width: Int) -> CellText {
    switch field {
    case .tactic: CellText("\(line.tacticID) \(line.tactic)")
    case .technique: CellText(line.techniqueID)
    case .techniqueName: CellText(line.technique)
    case .events: .count(line.events)
    case .objects: .count(line.objects)
    case .risk: .count(line.risk)
    case .riskBar:
      CellText(
        Bars.bar(line.risk, of: mostRisk, width: width, isASCII: settings.isASCII), .bar)
    default: .none
    }
  }

  private var mostRisk: Int {
    (pane?.lines?.lines ?? []).reduce(1) { most, line in
      if case .technique(let line) = line { max(most, line.risk) } else { most }
    }
  }
}

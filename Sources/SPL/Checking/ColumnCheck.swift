import Diagnostics

/// Follows the fields of the rows from stage to stage, and warns of those that no stage makes.
///
/// After `stats`, `table` and the like only some fields exist. A stage that reads another gets null
/// everywhere: Splunk says nothing, and a detection finds nothing.
struct ColumnCheck {
  private(set) var known: Columns
  /// Each is reported once: stages that read it again do so because of the first.
  private var reported: Set<FieldName> = []

  init(_ known: Columns) { self.known = known }

  /// After a stage that was not understood.
  mutating func forget() { known = .open }

  mutating func pass(_ stages: [Stage]) {
    known = stages.reduce(known) { $1.command.columns(after: $0) }
  }

  /// What is doubtful about the next stage.
  mutating func warnings(
    of command: Command, _ symbols: ArraySlice<Symbol>, dottedNames: [DottedName]
  ) -> [Diagnostic] {
    var warnings: [Diagnostic] = []
    for name in dottedNames where known.hasAll(name.parts) == false {
      var warning = name.diagnostic
      warning.severity = .warning
      warnings.append(warning)
      reported.formUnion(name.parts)
    }
    if case .eval(let assignments) = command {
      for assignment in assignments {
        warn(of: assignment.value.fieldsNeeded.sorted(), symbols, &warnings)
        known = known.adding([assignment.field])
      }
    } else {
      warn(of: command.fieldsRead, symbols, &warnings)
    }
    known = command.columns(after: known)
    return warnings
  }

  private mutating func warn(
    of fields: [FieldName], _ symbols: ArraySlice<Symbol>, _ warnings: inout [Diagnostic]
  ) {
    guard case .closed(let names) = known else { return }
    for field in fields where names.contains(field) == false {
      guard reported.insert(field).inserted else { continue }
      let place = symbols.first { $0.wording?.literal == field || $0.wording?.text == field }
      let problem = FieldProblem(field: field, known: names.sorted())
      guard let at = place ?? symbols.first else { continue }
      var warning = at.fails(problem)
      warning.severity = .warning
      warnings.append(warning)
    }
  }
}

extension Columns {
  fileprivate func hasAll(_ names: [FieldName]) -> Bool {
    guard case .closed(let known) = self else { return false }
    return names.allSatisfy(known.contains)
  }
}

/// A field that the rows of a stage cannot have.
private struct FieldProblem: Problem {
  var field: FieldName
  var known: [FieldName]

  var code: ProblemCode { .absentField }

  var sentence: String { "no row has the field \(quoted(field)) here" }

  var help: String? {
    if ["false", "null", "true"].contains(field.lowercased()) {
      return "write '\(field.lowercased())()' for the value"
    }
    return didYouMean(nearest(to: field, in: known))
      ?? (known.isEmpty
        ? nil : clipped("there are: " + known.joined(separator: ", "), to: 160))
  }
}

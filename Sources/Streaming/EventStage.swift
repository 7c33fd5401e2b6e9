import Diagnostics
import Events
import SPL

/// A stage before `stats`: one event in, none, one or more out.
enum EventStage: Sendable {
  case within(TimeRange)
  case filter(Condition)
  case spath(SpathStep)
  case expand(Text, limit: Int?)
  case rename(RenameMap)
  case convert(CtimeStep)

  /// Makes the stages ready; the range of the settings holds where no `search` has its own.
  static func compile(
    _ stages: some Collection<Stage>, _ settings: PlanSettings, problems: inout [Diagnostic]
  ) -> [EventStage] {
    var compiled: [EventStage] = []
    var hasOwnRange = false
    for (index, stage) in stages.enumerated() {
      switch stage.command {
      case .search(let predicate, let modifiers):
        if let range = TimeRange(modifiers, asOf: settings.asOf) {
          hasOwnRange = true
          if range.isBounded { compiled.append(.within(range)) }
        }
        if predicate != .everything { compiled.append(.filter(Condition(predicate))) }
      case .spath(let spath): compiled.append(.spath(SpathStep(spath, exact: settings.exact)))
      case .multivalueExpand(let field, let limit):
        compiled.append(.expand(Text(field), limit: limit))
      case .rename(let renamings): compiled.append(.rename(RenameMap(renamings)))
      case .convert(let convert): compiled.append(.convert(CtimeStep(convert)))
      case .from: if index > 0 { problems.append(.generatingLate(stage.span)) }
      case .stats: preconditionFailure("stages before the first stats")
      }
    }
    if !hasOwnRange, settings.range.isBounded { compiled.insert(.within(settings.range), at: 0) }
    return compiled
  }
}

/// An event on its way through the stages.
struct PassingEvent {
  let time: Timestamp?
  var fields: any FieldSource
  /// The leaves that the last `spath input=` took apart, and the text they lie in.
  var leaves: (fields: Leaves, text: Value)?
}

extension [EventStage] {
  /// What every event has to lie inside of.
  var range: TimeRange {
    reduce(.everything) { range, stage in
      if case .within(let inner) = stage { range.intersection(inner) } else { range }
    }
  }

  /// Sends an event through the stages from one on, and gives what comes out to `emit`.
  func run(_ event: PassingEvent, from first: Int = 0, emit: (PassingEvent) -> Void) {
    var event = event
    for index in first..<count {
      switch self[index] {
      case .within(let range): guard range.contains(event.time) else { return }
      case .filter(let condition): guard condition.holds(in: event.fields) else { return }
      case .spath(let step): event.take(step)
      case .rename(let map): event.fields = RenamedFields(map, above: event.fields)
      case .convert(let step):
        for (field, name) in step.conversions {
          let value = event.fields.value(of: field)
          guard !value.isNull else { continue }
          event.fields = AssignedField(name, step.converted(value), above: event.fields)
        }
      case .expand(let field, let limit):
        guard case .many = event.fields.value(of: field) else { continue }
        for value in expanded(event.fields.value(of: field), limit: limit) {
          var one = event
          one.fields = AssignedField(field, value, above: event.fields)
          run(one, from: index + 1, emit: emit)
        }
        return
      }
    }
    emit(event)
  }
}

extension PassingEvent {
  fileprivate mutating func take(_ step: SpathStep) {
    let text = fields.value(of: step.input)
    guard !text.isNull else { return }
    switch step.taking {
    case .path(let path, let output):
      let value = path.extract(from: text)
      if !value.isNull { fields = AssignedField(output, value, above: fields) }
    case .leaves(let limit):
      let found = Leaves(of: text, limit: limit)
      guard !found.fields.isEmpty else { return }
      fields = LeafFields(found.fields, above: fields)
      if step.input != "_raw" { leaves = (found, text) }
    }
  }
}

/// The values that `mvexpand` makes rows of: a null keeps its row.
func expanded(_ value: Value, limit: Int?) -> [Value] {
  guard case .many(let values) = value else { return [value] }
  guard let limit, limit > 0 else { return values }
  return Array(values.prefix(limit))
}

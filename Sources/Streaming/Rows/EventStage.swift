import Events
import JSON
import SPL

/// A stage that looks at one row alone: one in, none, one or more out.
enum EventStage: Sendable {
  case within(SearchRange)
  case filter(Condition)
  case `where`(Formula)
  case eval([(field: Text, value: Formula)])
  case spath(SpathStep)
  case elements(ElementsStep)
  case expand(Text, limit: Int?)
  case rename(RenameMap)
  case convert(ConvertStep)
  case select(FieldSelector)
  /// Named fields that are null get a value.
  case fill([Text], Value)
  case rex(RexStep)
  case regex(Text, PerlPattern, keepsMatches: Bool)
  case split(MakeMultivalueStep)
  /// Several values become one text.
  case single(Text)
  case bin(BinStep)
  case lookup(LookupStep)
  case addInfo
  /// The fields under the name of their data model.
  case prefix
}

/// A row on its way through the stages.
struct PassingEvent {
  let time: Timestamp?
  let moment: SearchMoment
  var fields: any FieldSource
  /// What the last `spath input=` took apart.
  var taken: Taken?

  enum Taken {
    /// A text, or each of many, and how much of that was read.
    case text(Value, limit: Int?)
    case element(JSONValue)
  }

  init(time: Timestamp?, moment: SearchMoment, fields: any FieldSource) {
    self.time = time
    self.moment = moment
    self.fields = fields
  }

  var row: FormulaRow { FormulaRow(fields, moment) }
}

extension [EventStage] {
  /// What every event has to lie inside of.
  var range: SearchRange {
    reduce(.everything) { range, stage in
      if case .within(let inner) = stage { range.intersection(inner) } else { range }
    }
  }

  /// Sends an event through the stages from one on, and gives what comes out to `emit`.
  func run(_ event: PassingEvent, from first: Int = 0, emit: (PassingEvent) -> Void) {
    var event = event
    for index in first..<count {
      if case .expand(let field, let limit) = self[index] {
        guard case .many = event.fields.value(of: field) else { continue }
        for value in expanded(event.fields.value(of: field), limit: limit) {
          var one = event
          one.fields = AssignedField(field, value, above: event.fields)
          run(one, from: index + 1, emit: emit)
        }
        return
      }
      if case .elements(let step) = self[index] {
        let rest = { (one: PassingEvent) in run(one, from: index + 1, emit: emit) }
        if !step.expand(event, emit: rest) { step.plain.run(event, emit: rest) }
        return
      }
      guard event.pass(self[index]) else { return }
    }
    emit(event)
  }
}

extension PassingEvent {
  /// Does what a stage does; false where the stage takes the row away.
  fileprivate mutating func pass(_ stage: EventStage) -> Bool {
    switch stage {
    case .within(let range): return range.contains(time)
    case .filter(let condition): return condition.holds(in: fields)
    case .where(let formula): return formula.truth(row) == true
    case .regex(let field, let pattern, let keepsMatches):
      let value = fields.value(of: field)
      return value.each.contains { $0.text.map(pattern.matches) ?? false } == keepsMatches
    case .eval(let assignments):
      for (field, formula) in assignments {
        fields = AssignedField(field, formula.evaluate(row).value, above: fields)
      }
    case .fill(let names, let value):
      for name in names where fields.value(of: name).isNull {
        fields = AssignedField(name, value, above: fields)
      }
    case .single(let field):
      guard case .many(let values) = fields.value(of: field) else { return true }
      fields = AssignedField(field, Value.many(values).text.map(Value.text) ?? .null, above: fields)
    case .spath(let step): take(step)
    case .rename(let map): fields = RenamedFields(map, above: fields)
    case .convert(let step): fields = step.applied(to: fields)
    case .select(let selector): fields = SelectedFields(selector, above: fields)
    case .rex(let step): fields = step.applied(to: fields)
    case .split(let step): fields = step.applied(to: fields)
    case .bin(let step): fields = step.applied(to: fields)
    case .lookup(let step): fields = step.applied(to: fields)
    case .addInfo: addInfo()
    case .prefix: fields = PrefixedFields(above: fields)
    case .expand, .elements: preconditionFailure("one row becomes several in `run`")
    }
    return true
  }

  /// Splunk's names for the ends of the time range; without an end it says `+Infinity`.
  private mutating func addInfo() {
    let start = moment.earliest?.seconds ?? 0
    let end = moment.latest.map { Value.number(.whole($0.seconds)) } ?? "+Infinity"
    fields = AssignedField("info_min_time", .number(.whole(start)), above: fields)
    fields = AssignedField("info_max_time", end, above: fields)
    if let now = moment.now {
      fields = AssignedField("info_search_time", .number(.whole(now.seconds)), above: fields)
    }
  }

  mutating func take(_ step: SpathStep) {
    let known = (fields as? BaseFields)?.json(of: step.input)
    let text = known == nil ? fields.value(of: step.input) : .null
    guard known != nil || !text.isNull else { return }
    switch step.taking {
    case .path(let path, let output):
      let value = known.map(path.texts) ?? path.extract(from: text)
      if !value.isNull { fields = AssignedField(output, value, above: fields) }
    case .leaves(let limit):
      if let known, limit.map({ known.rawBytes.count <= $0 }) ?? true {
        fields = LeafFields(of: known, above: fields)
      } else {
        let text = known == nil ? text : fields.value(of: step.input)
        guard takeLeaves(of: text, limit) else { return }
        if step.input != "_raw" { taken = .text(text, limit: limit) }
      }
    }
  }

  /// Lays the leaves of a text above the fields; false where it has none.
  private mutating func takeLeaves(of text: Value, _ limit: Int?) -> Bool {
    if case .many = text {
      let found = Leaves(of: text, limit: limit)
      guard !found.fields.isEmpty else { return false }
      fields = MergedLeafFields(found.fields, above: fields)
    } else {
      guard let document = text.text.flatMap({ JSONDocument(reading: $0, limit: limit) })
      else { return false }
      fields = LeafFields(of: document.root, above: fields)
    }
    return true
  }
}

/// The values that `mvexpand` makes rows of: a null keeps its row.
func expanded(_ value: Value, limit: Int?) -> [Value] {
  guard case .many(let values) = value else { return [value] }
  guard let limit, limit > 0 else { return values }
  return Array(values.prefix(limit))
}

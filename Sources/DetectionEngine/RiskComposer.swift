import Detections
import Events
import Findings
import Streaming

/// Makes the risk events of a rule's rows, with every field under Splunk's name.
struct RiskComposer: Sendable {
  private let risk: RiskRule?
  private let ruleID: String
  private let settings: RiskSettings
  /// Fields that are the same for every event of the rule.
  private let annotations: [Text: Value]

  init(_ rule: Rule, techniques: Techniques, settings: RiskSettings) {
    let detection = rule.detection
    self.settings = settings
    risk = detection.kind.raisesRisk ? detection.risk : nil
    ruleID = detection.id
    annotations = Self.annotations(detection, techniques)
  }

  /// One event for each value of each risk object; none for a null one.
  func events(of row: ResultRow) -> [RiskEvent] {
    guard let risk else { return [] }
    let values = RowValues(columns: row.columns, values: row.values, sample: row.sample)
    let message = MessageTemplate(risk.message).filled(with: values)
    var events: [RiskEventID: RiskEvent] = [:]
    for object in risk.objects {
      for value in values.value(of: object.field).each {
        guard let name = value.text, !name.isEmpty else { continue }
        let event = event(of: row, object, name, message: message, values)
        events[event.id] = events[event.id].map { $0.score >= event.score ? $0 : event } ?? event
      }
    }
    return events.values.sorted { $0.id.digits < $1.id.digits }
  }

  private func event(
    of row: ResultRow, _ object: RiskObject, _ name: Text, message: String, _ values: RowValues
  ) -> RiskEvent {
    let id = RiskEventID(
      digits: hashedName([
        "risk".bytes, ruleID.bytes, row.window.bytes, row.key, object.type.bytes,
        name.string.bytes,
      ]))
    var fields = annotations
    fields["risk_object"] = .text(name)
    fields["normalized_risk_object"] = .string(settings.normalized(name.string))
    fields["risk_object_type"] = .string(object.type)
    fields["risk_message"] = .string(message)
    fields["risk_event_id"] = .string(id.digits)
    fields["_time"] = .seconds(row.lastSeen)
    fields["info_min_time"] = .seconds(row.window.start)
    fields["info_max_time"] = .seconds(row.window.end)
    addThreatObjects(to: &fields, values)
    fields["risk_score"] = .number(.whole(Int64(object.score)))
    let calculated = settings.score(object.score) { field in
      fields[Text(field)] ?? values.value(of: field)
    }
    fields["calculated_risk_score"] = .number(Number(calculated))
    return RiskEvent(
      id: id, row: row.id, rule: row.rule, window: row.window, time: row.lastSeen,
      object: name.string, objectType: object.type, score: Int(calculated.rounded()),
      message: message,
      fields: fields.filter { !$0.value.isNull })
  }

  private func addThreatObjects(to fields: inout [Text: Value], _ values: RowValues) {
    var objects: [Value] = []
    var types: [Value] = []
    for threat in risk?.threatObjects ?? [] {
      for value in values.value(of: threat.field).each {
        objects.append(value)
        types.append(.string(threat.type))
      }
    }
    fields["threat_object"] = Value(objects)
    fields["threat_object_type"] = Value(types)
  }

  private static func annotations(
    _ detection: Detection, _ techniques: Techniques
  ) -> [Text: Value] {
    let ids = detection.tags.techniques
    let known = ids.compactMap { techniques[$0] }
    var tactics: [Tactic] = []
    for tactic in known.flatMap(\.tactics) where !tactics.contains(tactic) {
      tactics.append(tactic)
    }
    return [
      "search_name": .string(detection.searchName),
      "source": .string(detection.searchName),
      "analyticstories": Value(texts: detection.tags.analyticStories),
      "annotations.mitre_attack": Value(texts: ids),
      "annotations.mitre_attack.mitre_technique_id": Value(texts: ids),
      "annotations.mitre_attack.mitre_technique": Value(texts: known.map(\.name)),
      "annotations.mitre_attack.mitre_tactic": Value(texts: tactics.map(\.name)),
      "annotations.mitre_attack.mitre_tactic_id": Value(texts: tactics.map(\.id)),
      "annotations._all": Value(texts: detection.tags.analyticStories + ids),
    ]
  }
}

extension RiskSettings {
  /// The score after the factors that hold: (score + additive ones) x multiplicative ones, not
  /// below 0 and not beyond 10,000.
  fileprivate func score(_ score: Int, _ value: (String) -> Value) -> Double {
    var sum = Double(score)
    var product = 1.0
    for factor in factors {
      let values = value(factor.field).each.compactMap(\.text?.string)
      guard values.contains(where: factor.matches) else { continue }
      switch factor.operation {
      case .add: sum += factor.amount
      case .multiply: product *= factor.amount
      }
    }
    return min(10_000, max(0, sum * product))
  }
}

extension Value {
  fileprivate init(texts: [String]) { self.init(texts.map { Value.string($0) }) }

  fileprivate static func seconds(_ time: Timestamp) -> Value { .number(.whole(time.seconds)) }
}

package import Events

/// The risk that a row raises on one risk object, once in its window.
package struct RiskEvent: Equatable, Sendable {
  package var id: RiskEventID
  package var row: RowID
  package var rule: String
  package var window: Window
  /// Time of the newest contributing event in the window: `_time` of `index=risk`.
  package var time: Timestamp
  package var object: String
  /// `user`, `system`, `other`.
  package var objectType: String
  package var score: Int
  package var message: String
  /// Every field as Splunk names it (`risk_score`, `normalized_risk_object`, `search_name`,
  /// `analyticstories`, `annotations.mitre_attack.mitre_tactic`, ...), what drilldowns read.
  package var fields: [Text: Value]

  package init(
    id: RiskEventID, row: RowID, rule: String, window: Window, time: Timestamp, object: String,
    objectType: String, score: Int, message: String, fields: [Text: Value]
  ) {
    self.id = id
    self.row = row
    self.rule = rule
    self.window = window
    self.time = time
    self.object = object
    self.objectType = objectType
    self.score = score
    self.message = message
    self.fields = fields
  }
}

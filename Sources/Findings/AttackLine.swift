/// What was found of a technique of ATT&CK, in one of the tactics that it serves.
package struct AttackLine: Equatable, Sendable {
  /// `TA0002` and its name; an id stays when a tactic is renamed or split.
  package var tacticID: String
  package var tactic: String
  /// `T1204.003` and its name.
  package var techniqueID: String
  package var technique: String
  package var events: Int
  package var objects: Int
  package var risk: Int

  package init(
    tacticID: String, tactic: String, techniqueID: String, technique: String, events: Int,
    objects: Int, risk: Int
  ) {
    self.tacticID = tacticID
    self.tactic = tactic
    self.techniqueID = techniqueID
    self.technique = technique
    self.events = events
    self.objects = objects
    self.risk = risk
  }
}
